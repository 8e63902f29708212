namespace SemPLeS.Data.Coco;

/// <summary>MS COCO's categories. Class k is category k + 1, which is its label in masks; ten of the 90 identifiers are those of categories that nobody annotated.</summary>
public static class CocoClasses
{
    /// <summary>The names of categories 1 to 90.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "person", "bicycle", "car", "motorcycle", "airplane", "bus", "train", "truck", "boat", "traffic light",
        "fire hydrant", "street sign", "stop sign", "parking meter", "bench", "bird", "cat", "dog", "horse", "sheep",
        "cow", "elephant", "bear", "zebra", "giraffe", "hat", "backpack", "umbrella", "shoe", "eye glasses",
        "handbag", "tie", "suitcase", "frisbee", "skis", "snowboard", "sports ball", "kite", "baseball bat", "baseball glove",
        "skateboard", "surfboard", "tennis racket", "bottle", "plate", "wine glass", "cup", "fork", "knife", "spoon",
        "bowl", "banana", "apple", "sandwich", "orange", "broccoli", "carrot", "hot dog", "pizza", "donut",
        "cake", "chair", "couch", "potted plant", "bed", "mirror", "dining table", "window", "desk", "toilet",
        "door", "tv", "laptop", "mouse", "remote", "keyboard", "cell phone", "microwave", "oven", "toaster",
        "sink", "refrigerator", "blender", "book", "clock", "vase", "scissors", "teddy bear", "hair drier", "toothbrush",
    ];

    /// <summary>The identifiers of the ten categories without annotations, ascending.</summary>
    public static IReadOnlyList<int> Gaps { get; } = [12, 26, 29, 30, 45, 66, 68, 69, 71, 83];

    /// <summary>The identifiers of the 80 annotated categories, ascending; the one at i has the contiguous label i + 1.</summary>
    public static IReadOnlyList<int> Annotated { get; } = [.. Enumerable.Range(1, Names.Count).Except(Gaps)];
}
