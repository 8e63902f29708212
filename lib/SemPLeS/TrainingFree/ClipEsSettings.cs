namespace SemPLeS.TrainingFree;

/// <summary>Texts and constants of CLIP-ES (Lin et al., CVPR 2023); the defaults are the published ones for PASCAL VOC.</summary>
public sealed record ClipEsSettings
{
    /// <summary>A text for each class of the data set.</summary>
    public required IReadOnlyList<string> ClassTexts { get; init; }

    /// <summary>Texts about backgrounds, the same for every picture, which the classes compete with.</summary>
    public required IReadOnlyList<string> BackgroundTexts { get; init; }

    /// <summary>Blocks, the last ones, whose attention makes the affinity: 8 of 12 as published.</summary>
    public int AffinityBlocks { get; init; } = 8;

    /// <summary>Rounds of Sinkhorn's normalisation.</summary>
    public int SinkhornRounds { get; init; } = 3;

    /// <summary>The share of a CAM's greatest value above which it starts boxes, in 0..1: .4 on VOC, .7 on COCO.</summary>
    public double BoxThreshold { get; init; } = .4;
}
