using System.Text;
using NotebookRunner.Files;

namespace NotebookRunner.Checks;

/// <summary>What must hold of a notebook that others read.</summary>
internal static class NotebookCheck
{
    /// <summary>Code hosts show larger files slowly, or not at all.</summary>
    public const int LargestOutputs = 2_000_000;

    /// <summary>What is wrong with the outputs; empty where nothing is.</summary>
    public static IReadOnlyList<string> Outputs(Notebook notebook)
    {
        var problems = new List<string>();
        var bytes = 0L;
        var number = 0;
        foreach (var cell in notebook.CodeCells)
        {
            number++;
            bytes += Encoding.UTF8.GetByteCount(cell.Outputs.ToJsonString());
            problems.AddRange(cell.Outputs.SelectMany(output => ChartCheck.Problems(output!)).Select(problem => $"cell {number} ({cell.Id}) shows {problem}"));
        }

        if (bytes > LargestOutputs)
            problems.Add(FormattableString.Invariant($"its outputs take {bytes / 1e6:F1} MB, more than {LargestOutputs / 1e6:F0} MB"));
        return problems;
    }

    /// <summary>What is wrong with a notebook that is committed: its outputs, or that they are not those of its code.</summary>
    public static IReadOnlyList<string> Committed(Notebook notebook) =>
    [
        .. Outputs(notebook),
        .. notebook.HashOfOutputs is null ? ["it has no outputs that the runner wrote"]
            : notebook.HashOfOutputs != notebook.CodeHash ? ["its code is not what its outputs were made from"]
            : Array.Empty<string>(),
        .. notebook.Cells.Any(cell => cell.Id is null) ? ["it has cells without an id"] : Array.Empty<string>(),
    ];
}
