namespace SemPLeS.Data;

/// <summary>How a folder in PASCAL VOC layout is read.</summary>
public sealed record VocOptions
{
    /// <summary>The masks' folder, absolute or inside the data set; null: SegmentationClassAug when there, else SegmentationClass when there.</summary>
    public string? MaskFolder { get; init; }

    /// <summary>Where the image-level labels come from.</summary>
    public VocLabelSource Labels { get; init; } = VocLabelSource.MaskOrAnnotation;

    /// <summary>
    /// A folder that may be written to, in which the labels are remembered; null: they are read anew each time, about 2 ms a picture. A data set
    /// of which a file has changed is read anew.
    /// </summary>
    public string? CacheFolder { get; init; }

    /// <summary>
    /// Whether photographs of which a file is missing, damaged or of the wrong size are left out and listed, in place of an error. They are read anew
    /// each time.
    /// </summary>
    public bool SkipDamaged { get; init; }

    /// <summary>The least width and height in pixels that is of use, at least 1.</summary>
    public int MinimumSide { get; init; } = 1;
}
