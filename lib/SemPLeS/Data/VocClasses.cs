namespace SemPLeS.Data;

/// <summary>The 20 classes of PASCAL VOC 2012 under VOC's own names; the texts for CLIP name some of them differently.</summary>
public static class VocClasses
{
    /// <summary>The names; class k has label k + 1 in masks.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow",
        "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa", "train", "tvmonitor",
    ];
}
