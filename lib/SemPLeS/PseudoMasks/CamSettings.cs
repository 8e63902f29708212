namespace SemPLeS.PseudoMasks;

/// <summary>How CAMs of a whole picture are made: the defaults are WeakTr's at one scale.</summary>
public sealed record CamSettings
{
    /// <summary>The size that pictures are brought to, before each scale.</summary>
    public InputSize Input { get; init; } = new NativeSize();

    /// <summary>Scales; the CAMs of all are summed.</summary>
    public IReadOnlyList<double> Scales { get; init; } = [1];

    /// <summary>Whether each scale is seen a second time, mirrored.</summary>
    public bool Mirror { get; init; }

    /// <summary>Whether CAMs are enlarged with the corners of map and picture on each other; WeakTr does not.</summary>
    public bool AlignCorners { get; init; }

    /// <summary>What the min-max normalisation adds to the range.</summary>
    public double Epsilon { get; init; } = 1e-8;
}
