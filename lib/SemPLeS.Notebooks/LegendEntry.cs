namespace SemPLeS.Notebooks;

/// <summary>A colour and what it stands for.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Color">The colour.</param>
public sealed record LegendEntry(string Name, Rgb Color)
{
    /// <summary>A legend of classes in the colours of <see cref="Overlay.Labels"/>.</summary>
    /// <param name="classNames">Names of all classes, without background.</param>
    /// <param name="classes">The classes that pictures show, counted from 0; each may occur more than once.</param>
    public static IReadOnlyList<LegendEntry> OfClasses(IReadOnlyList<string> classNames, IEnumerable<int> classes)
    {
        ArgumentNullException.ThrowIfNull(classNames);
        return [.. classes.Distinct().Order().Select(index => new LegendEntry(classNames[index], ColorMaps.Label((byte)(index + 1))))];
    }
}
