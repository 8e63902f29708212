namespace NotebookRunner.Execution;

/// <summary>One output of a cell.</summary>
internal abstract class CellOutput;
