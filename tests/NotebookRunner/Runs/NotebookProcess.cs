using System.Diagnostics;
using System.Globalization;
using System.Text;
using NotebookRunner.Execution;

namespace NotebookRunner.Runs;

/// <summary>Runs one notebook in a process of its own: nothing of one notebook reaches another, and an end by force or by a crash is only its own.</summary>
internal sealed class NotebookProcess
{
    private readonly StringBuilder _errors = new();
    private volatile int _cell;

    /// <summary>The code cell that was reached, counted from 1.</summary>
    public int Cell => _cell;

    /// <summary>Runs the notebook.</summary>
    /// <param name="notebook">The file.</param>
    /// <param name="result">The file for the executed notebook, written after every cell.</param>
    /// <param name="timeout">After which it is ended.</param>
    /// <param name="log">Told of lines that native code printed past the notebook.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Why it stopped before its end; null if it did not.</returns>
    public async Task<ErrorOutput?> Run(string notebook, string result, TimeSpan timeout, TextWriter log, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(DotNet(), [typeof(NotebookProcess).Assembly.Location, "execute", notebook, result])
        {
            WorkingDirectory = Path.GetDirectoryName(notebook)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var reading = Task.WhenAll(ReadOutput(process.StandardOutput, log), ReadErrors(process.StandardError));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellation.ThrowIfCancellationRequested();
            var message = FormattableString.Invariant($"The notebook was ended in this cell: it took more than {timeout.TotalSeconds:0.#} s.");
            return new ErrorOutput("Timeout", message, message);
        }

        await reading;
        return process.ExitCode switch
        {
            NotebookExecution.Done => null,
            NotebookExecution.CellFailed => new ErrorOutput("Cell failed", "", _errors.ToString().Trim()),
            var code => Crash(code),
        };
    }

    private static string DotNet() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private ErrorOutput Crash(int code)
    {
        var message = $"The process ended in this cell with status {code}.";
        return new ErrorOutput("Crash", message, $"{message}\n{CellFailure.WithoutRunner(_errors.ToString())}".Trim());
    }

    private async Task ReadOutput(StreamReader output, TextWriter log)
    {
        while (await output.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(NotebookExecution.ProgressMark))
                _cell = int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);
            else
                await log.WriteLineAsync(line);
        }
    }

    private async Task ReadErrors(StreamReader errors)
    {
        while (await errors.ReadLineAsync() is { } line)
            _errors.Append(line).Append('\n');
    }
}
