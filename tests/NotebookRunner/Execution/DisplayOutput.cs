using NotebookRunner.Formatting;

namespace NotebookRunner.Execution;

/// <summary>A value that a cell showed.</summary>
internal sealed class DisplayOutput(IReadOnlyList<FormattedValue> values, bool isResult) : CellOutput
{
    public IReadOnlyList<FormattedValue> Values { get; set; } = values;

    /// <summary>Whether it is the value of the cell's last expression.</summary>
    public bool IsResult => isResult;
}
