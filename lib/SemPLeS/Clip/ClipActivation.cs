namespace SemPLeS.Clip;

/// <summary>The activation of CLIP's feed-forward layers.</summary>
public enum ClipActivation
{
    /// <summary>x sigmoid(1.702 x): OpenAI's weights (Radford et al., 2021).</summary>
    QuickGelu,

    /// <summary>Exact GELU: most weights of OpenCLIP.</summary>
    Gelu,
}
