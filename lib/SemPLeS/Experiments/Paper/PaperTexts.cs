using SemPLeS.Data.Coco;

namespace SemPLeS.Experiments;

/// <summary>The names that label texts, "a photo of {name}.", give the classes [S].</summary>
public static class PaperTexts
{
    /// <summary>PASCAL VOC's 20 classes: two words where VOC's own names have none between them, and "player" for person.</summary>
    public static IReadOnlyList<string> Voc { get; } =
    [
        "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair", "cow",
        "dining table", "dog", "horse", "motorbike", "player", "potted plant", "sheep", "sofa", "train", "tv monitor",
    ];

    /// <summary>MS COCO's categories 1 to 90, the ten that nobody annotated among them.</summary>
    public static IReadOnlyList<string> Coco => CocoClasses.Names;
}
