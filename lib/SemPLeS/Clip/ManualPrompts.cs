using SemPLeS.Data.MiniWorld;

namespace SemPLeS.Clip;

/// <summary>Backgrounds that people wrote down, which learned prompts are compared with (paper, Figures 1 and 4).</summary>
public static class ManualPrompts
{
    /// <summary>CLIMS' backgrounds for PASCAL VOC, the same for every class [C].</summary>
    public static IReadOnlyList<string> Voc { get; } = ["tree", "river", "sea", "lake", "water", "railway", "railroad", "track", "stone", "rocks"];

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
