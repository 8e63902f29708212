using Microsoft.DotNet.Interactive.Formatting;
using NotebookRunner.Formatting;

namespace NotebookRunner.Execution;

/// <summary>What one cell prints and shows, in order.</summary>
internal sealed class CellOutputs
{
    private static readonly AsyncLocal<CellOutputs?> Flow = new();

    private readonly List<CellOutput> _outputs = [];
    private readonly Lock _lock = new();

    /// <summary>The outputs of the cell that started this flow of control; null outside of it, for instance where a native library calls back.</summary>
    public static CellOutputs? OfThisFlow
    {
        get => Flow.Value;
        set => Flow.Value = value;
    }

    public IReadOnlyList<CellOutput> All
    {
        get
        {
            lock (_lock)
                return [.. _outputs];
        }
    }

    public static DisplayedValue Display(object? value, IReadOnlyList<string> mimeTypes) => Display(value, ValueFormatter.Format(value, mimeTypes));

    public static DisplayedValue Display(object? value, IReadOnlyList<FormattedValue> formatted, bool isResult = false)
    {
        if (OfThisFlow is not { } outputs)
        {
            Console.WriteLine(PlainText.Of(value));
            return new DisplayedValue(value, null, null);
        }

        var output = new DisplayOutput(formatted, isResult);
        outputs.Add(output);
        return new DisplayedValue(value, outputs, output);
    }

    public void Add(CellOutput output)
    {
        lock (_lock)
            _outputs.Add(output);
    }

    public void Replace(DisplayOutput output, object? value)
    {
        var formatted = ValueFormatter.Format(value, [.. output.Values.Select(v => v.MimeType)]);
        lock (_lock)
            output.Values = formatted;
    }

    /// <param name="stream">stdout or stderr.</param>
    /// <param name="text">What was printed.</param>
    public void Print(string stream, ReadOnlySpan<char> text)
    {
        lock (_lock)
        {
            if (_outputs.LastOrDefault() is not StreamOutput last || last.Name != stream)
                _outputs.Add(last = new StreamOutput(stream));
            last.Text.Append(text);
        }
    }
}
