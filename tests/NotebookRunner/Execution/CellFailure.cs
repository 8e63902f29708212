using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.Scripting;

namespace NotebookRunner.Execution;

/// <summary>What a reader of a notebook is told of an exception.</summary>
internal static partial class CellFailure
{
    public static ErrorOutput Describe(Exception exception) => exception switch
    {
        CompilationErrorException compilation => new ErrorOutput("Compilation error", compilation.Message, string.Join('\n', compilation.Diagnostics)),
        CellRefusedException => new ErrorOutput("Refused", exception.Message, exception.Message),
        _ => new ErrorOutput(exception.GetType().FullName!, exception.Message, WithoutRunner(exception.ToString().ReplaceLineEndings("\n"))),
    };

    /// <summary>The trace up to the cell's own code: what called it is the same for all.</summary>
    public static string WithoutRunner(string trace)
    {
        var lines = trace.Split('\n').ToList();
        var last = lines.FindLastIndex(line => line.Contains("at Submission#", StringComparison.Ordinal));
        var kept = last < 0 ? lines : lines[..(last + 1)];
        // The compiler takes a cell's name for a file in the working directory.
        return CompilerNames().Replace(string.Join('\n', kept), "code").Replace($" in {Directory.GetCurrentDirectory()}{Path.DirectorySeparatorChar}cell ", " in cell ");
    }

    [GeneratedRegex(@"Submission#\d+\.<<Initialize>>d__\d+\.MoveNext\(\)")]
    private static partial Regex CompilerNames();
}
