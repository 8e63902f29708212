using System.Text;

namespace NotebookRunner.Execution;

/// <summary>Text that a cell printed without anything else between.</summary>
/// <param name="name">stdout or stderr.</param>
internal sealed class StreamOutput(string name) : CellOutput
{
    public string Name => name;

    public StringBuilder Text { get; } = new();
}
