using System.Text;

namespace NotebookRunner.Execution;

/// <summary>Takes the place of a console stream: what is printed, on whatever thread, belongs to the cell that runs.</summary>
internal sealed class ConsoleCapture(string stream, Func<CellOutputs?> running) : TextWriter
{
    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        if (buffer.Length > 0)
            running()?.Print(stream, buffer);
    }

    public override void WriteLine(string? value) => Write(value + Environment.NewLine);
}
