namespace SemPLeS.Notebooks;

/// <summary>A colour and what it stands for.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Color">The colour.</param>
public sealed record LegendEntry(string Name, Rgb Color);
