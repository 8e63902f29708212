namespace SemPLeS.Notebooks;

/// <summary>A point of a scatter chart.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="X">From left to right.</param>
/// <param name="Y">Upwards.</param>
public sealed record NamedPoint(string Name, double X, double Y);
