using System.Diagnostics;

namespace NotebookRunner.Tests.Support;

/// <summary>A program that was run to its end.</summary>
/// <param name="Status">Its exit status.</param>
/// <param name="Text">All that it printed.</param>
internal sealed record Command(int Status, string Text)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(15);

    private static readonly string Runner = System.IO.Path.GetFullPath(
        System.IO.Path.Combine(AppContext.BaseDirectory, "..", "..", "NotebookRunner", System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "NotebookRunner.dll"));

    public static string RunnerFolder => System.IO.Path.GetDirectoryName(Runner)!;

    /// <summary>Runs the notebook runner from its own folder, as people do.</summary>
    public static Command RunNotebooks(string[] arguments, params (string Name, string? Value)[] environment) => Run("dotnet", [Runner, .. arguments], environment: environment);

    public static Command Run(string program, string[] arguments, string? folder = null, params (string Name, string? Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder ?? "" };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} took more than {Limit}.");
        }

        return new Command(process.ExitCode, output.Result + errors.Result);
    }
}
