using NotebookRunner.Execution;
using NotebookRunner.Formatting;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A value that is shown below a cell, and that can be replaced there.</summary>
public sealed class DisplayedValue
{
    private readonly CellOutputs? _outputs;
    private readonly DisplayOutput? _output;

    internal DisplayedValue(object? value, CellOutputs? outputs, DisplayOutput? output) => (Value, _outputs, _output) = (value, outputs, output);

    /// <summary>What is shown.</summary>
    public object? Value { get; private set; }

    /// <summary>Whether <see cref="Update"/> was called.</summary>
    public bool IsUpdated { get; private set; }

    /// <summary>Shows another value in this one's place, as the same MIME types.</summary>
    /// <remarks>Called outside the cell's own flow of control it prints the value to the console, as in the kernel.</remarks>
    /// <exception cref="NotSupportedException">The value can't be shown as those MIME types.</exception>
    public void Update(object? updatedValue)
    {
        (Value, IsUpdated) = (updatedValue, true);
        if (_outputs is null || _output is null || CellOutputs.OfThisFlow is null)
            Console.WriteLine(PlainText.Of(updatedValue));
        else
            _outputs.Replace(_output, updatedValue);
    }
}
