namespace SemPLeS.Data.MiniWorld;

/// <summary>What there is in the miniature world. Object i usually stands before background i.</summary>
public static class MiniWorldClasses
{
    /// <summary>Rows and columns of every picture, in pixels.</summary>
    public const int Side = 64;

    /// <summary>Number of objects, and of backgrounds.</summary>
    public const int Count = 6;

    /// <summary>The objects: the classes of the data set.</summary>
    public static IReadOnlyList<string> Objects { get; } = ["boat", "train", "aeroplane", "cow", "car", "bird"];

    /// <summary>The backgrounds, each in the place of the object that it belongs to.</summary>
    public static IReadOnlyList<string> Backgrounds { get; } = ["water", "rails", "sky", "grass", "road", "tree"];

    /// <summary>The texts that the miniature CLIP learns: of the objects, then of the backgrounds.</summary>
    public static IReadOnlyList<string> Captions { get; } = [.. Objects.Concat(Backgrounds).Select(name => $"a photo of {name}.")];

    /// <summary>Whether an object, and its background, belong in the upper part of a scene.</summary>
    internal static bool IsOnTop(int index) => (MiniTexture)index is MiniTexture.Sky or MiniTexture.Tree;
}
