namespace NotebookRunner.Execution;

/// <summary>What stopped a cell.</summary>
internal sealed class ErrorOutput(string name, string message, string trace) : CellOutput
{
    public string Name => name;

    public string Message => message;

    public string Trace => trace;
}
