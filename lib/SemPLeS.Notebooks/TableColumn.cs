namespace SemPLeS.Notebooks;

/// <summary>A column of a table.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="IsNumeric">Whether it holds numbers, which are set flush right.</param>
public sealed record TableColumn(string Heading, bool IsNumeric = false);
