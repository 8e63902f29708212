namespace SemPLeS.Objectives;

/// <summary>The constants of CLIMS' loss (Xie et al., CVPR 2022), as its public code has them.</summary>
public sealed record ClimsSettings
{
    /// <summary>For PASCAL VOC.</summary>
    public static ClimsSettings Voc { get; } = new() { Threshold = .26 };

    /// <summary>For MS COCO.</summary>
    public static ClimsSettings Coco { get; } = new() { Foreground = 2, Background = 14, CoOccurrence = 1.25, Threshold = .285 };

    /// <summary>Weight of object and text label matching (OTM).</summary>
    public double Foreground { get; init; } = 10;

    /// <summary>Weight of background and text label matching (BTM).</summary>
    public double Background { get; init; } = 24;

    /// <summary>Weight of co-occurring background suppression (CBS).</summary>
    public double CoOccurrence { get; init; } = 1;

    /// <summary>Weight of area regularisation (REG).</summary>
    public double Area { get; init; } = .2;

    /// <summary>The cosine above which a background text counts, in [-1, 1).</summary>
    public required double Threshold { get; init; }

    /// <summary>Images of the batch whose strength CBS, a sum, is to have.</summary>
    public int ReferenceBatch { get; init; } = 16;
}
