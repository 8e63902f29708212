namespace SemPLeS.MaskGenerator;

/// <summary>How the feature of an attention head is gathered over all tokens.</summary>
public enum FeaturePooling
{
    /// <summary>The largest value of each channel.</summary>
    Max,

    /// <summary>The mean of each channel.</summary>
    Mean,
}
