using SemPLeS.Data.MiniWorld;

namespace SemPLeS.Clip;

/// <summary>Backgrounds that people wrote down, which learned prompts are compared with (paper, Figures 1 and 4).</summary>
public static class ManualPrompts
{
    /// <summary>CLIMS' backgrounds for PASCAL VOC, the same for every class [C].</summary>
    public static IReadOnlyList<string> Voc { get; } = ["tree", "river", "sea", "lake", "water", "railway", "railroad", "track", "stone", "rocks"];

    /// <summary>CLIMS' backgrounds for MS COCO, the same for every class [C].</summary>
    public static IReadOnlyList<string> Coco { get; } =
    [
        "street sign", "mountain", "video game", "men", "track", "bus stop", "cabinet", "tray", "plate", "shirt", "city street", "runway", "tower", "ramp", "grass", "pillow",
        "urinal", "lake", "brick", "fence", "shower", "airport", "animal", "shower curtain", "road", "mirror", "jacket", "church", "snow", "fruit", "hay", "floor", "field", "street",
        "mouth", "steam engine", "cheese", "river", "tree branch", "suit", "child", "soup", "desk", "tub", "tennis court", "teeth", "bridge", "sky", "officer", "sidewalk", "dock",
        "tree", "court", "rock", "board", "branch", "pan", "box", "body", "salad", "dirt", "leaf", "hand", "highway", "vegetable", "computer monitor", "door", "meat", "pair",
        "beach", "harbor", "ocean", "baseball player", "girl", "market", "window", "blanket", "boy", "woman", "bat", "baby", "flower", "wall", "bath tub", "tarmac", "tennis ball",
        "roll", "park",
    ];

    /// <summary>The miniature world's true backgrounds.</summary>
    public static IReadOnlyList<string> Mini => MiniWorldClasses.Backgrounds;

    /// <summary>Backgrounds as texts: "a photo of {name}." [C].</summary>
    /// <param name="names">The backgrounds.</param>
    public static IReadOnlyList<string> Texts(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return [.. names.Select(name => $"a photo of {name}.")];
    }
}
