using SemPLeS.Cli;

namespace SemPLeS.Tests.Cli;

/// <summary>One command line, run in this process, and what it wrote.</summary>
internal sealed record ConsoleRun(int Status, string Output, string Error)
{
    public static ConsoleRun Of(params string[] arguments) => Of(CancellationToken.None, arguments);

    public static ConsoleRun Of(CancellationToken cancellation, params string[] arguments)
    {
        using StringWriter output = new(), error = new();
        var status = SemplesConsole.Invoke(arguments, new Terminal(output, error, cancellation));
        return new ConsoleRun(status, output.ToString(), error.ToString());
    }

    /// <summary>The error is a single line that begins as errors do: no stack trace.</summary>
    public bool HasOneErrorLine => Error.StartsWith("error: ", StringComparison.Ordinal) && Error.TrimEnd().Split('\n').Length == 1;
}
