namespace SemPLeS.Notebooks;

/// <summary>Points of one colour and marker.</summary>
/// <param name="Name">What the legend calls them.</param>
/// <param name="Points">The points, all finite.</param>
public sealed record PointSeries(string Name, IReadOnlyList<NamedPoint> Points)
{
    /// <summary>Whether a line joins the points in their order, and only the last is named.</summary>
    public bool IsPath { get; init; }
}
