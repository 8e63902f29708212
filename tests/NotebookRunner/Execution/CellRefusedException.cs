namespace NotebookRunner.Execution;

/// <summary>A cell holds what the runner, or the kernel, can't do.</summary>
internal sealed class CellRefusedException(string message) : Exception(message);
