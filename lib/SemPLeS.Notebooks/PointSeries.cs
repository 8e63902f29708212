namespace SemPLeS.Notebooks;

/// <summary>Points of one colour and marker.</summary>
/// <param name="Name">What the legend calls them.</param>
/// <param name="Points">The points, all finite.</param>
public sealed record PointSeries(string Name, IReadOnlyList<NamedPoint> Points);
