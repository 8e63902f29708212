namespace NotebookRunner.Execution;

/// <summary>A stretch of a cell: C# code, or a file that takes its place.</summary>
/// <param name="Code">The code, with empty lines before it so that line numbers are the cell's; empty for an import.</param>
/// <param name="Import">The file that <c>#!import</c> names; null for code.</param>
internal sealed record CellPart(string Code, string? Import);
