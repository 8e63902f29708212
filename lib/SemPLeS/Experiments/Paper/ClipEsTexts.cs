using SemPLeS.TrainingFree;

namespace SemPLeS.Experiments;

/// <summary>CLIP-ES' texts for photographs, "a clean origami {name}.", as its public code has them [L]: some classes bear several names in one sentence.</summary>
public static class ClipEsTexts
{
    /// <summary>PASCAL VOC's 20 classes.</summary>
    private static readonly string[] VocNames =
    [
        "aeroplane", "bicycle", "bird avian", "boat", "bottle", "bus", "car", "cat", "chair seat", "cow",
        "diningtable", "dog", "horse", "motorbike", "person with clothes,people,human", "pottedplant", "sheep", "sofa", "train", "tvmonitor screen",
    ];

    /// <summary>MS COCO's names that were changed; the others are COCO's own. (The published list has "sknowboard", a slip.)</summary>
    private static readonly Dictionary<string, string> CocoNames = new()
    {
        ["person"] = "person with clothes,people,human",
        ["motorcycle"] = "motorbike",
        ["airplane"] = "aeroplane",
        ["bird"] = "bird avian",
        ["backpack"] = "backpack,bag",
        ["umbrella"] = "umbrella,parasol",
        ["handbag"] = "handbag,purse",
        ["tie"] = "necktie",
        ["baseball glove"] = "glove",
        ["spoon"] = "dessertspoon",
        ["chair"] = "chair seat",
        ["couch"] = "sofa",
        ["potted plant"] = "pottedplant",
        ["dining table"] = "diningtable",
        ["tv"] = "tvmonitor screen",
        ["remote"] = "remote control",
        ["hair drier"] = "hairdrier,blowdrier",
    };

    /// <summary>Backgrounds written for PASCAL VOC.</summary>
    private static readonly string[] VocBackgrounds =
    [
        "ground", "land", "grass", "tree", "building", "wall", "sky", "lake", "water", "river", "sea", "railway", "railroad",
        "keyboard", "helmet", "cloud", "house", "mountain", "ocean", "road", "rock", "street", "valley", "bridge", "sign",
    ];

    /// <summary>PASCAL VOC.</summary>
    public static ClipEsSettings Voc { get; } = new() { ClassTexts = Sentences(VocNames), BackgroundTexts = Sentences(VocBackgrounds) };

    /// <summary>MS COCO, by category identifier - 1; the backgrounds are VOC's but for those that are COCO's classes.</summary>
    public static ClipEsSettings Coco { get; } = new()
    {
        ClassTexts = Sentences(PaperTexts.Coco.Select(name => CocoNames.GetValueOrDefault(name, name))),
        BackgroundTexts = Sentences(VocBackgrounds.Except(["keyboard", "sign"])),
        BoxThreshold = .7,
    };

    private static string[] Sentences(IEnumerable<string> names) => [.. names.Select(name => $"a clean origami {name}.")];
}
