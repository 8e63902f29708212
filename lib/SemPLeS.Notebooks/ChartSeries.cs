namespace SemPLeS.Notebooks;

/// <summary>One line of a chart.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Points">Its points, from left to right; one that is not finite leaves a gap.</param>
public sealed record ChartSeries(string Name, IReadOnlyList<ChartPoint> Points);
