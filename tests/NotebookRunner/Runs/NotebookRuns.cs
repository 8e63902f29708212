using System.Diagnostics;
using NotebookRunner.Checks;
using NotebookRunner.Execution;
using NotebookRunner.Files;
using NotebookRunner.Pages;

namespace NotebookRunner.Runs;

/// <summary>Runs notebooks, several at a time, and writes what they showed.</summary>
internal sealed class NotebookRuns(RunSettings settings, TextWriter log)
{
    private readonly TextWriter _log = TextWriter.Synchronized(log);

    /// <summary>Runs the notebooks.</summary>
    /// <param name="notebooks">The files, each with a name of its own.</param>
    /// <param name="cancellation">Ends all that run.</param>
    /// <returns>An outcome for each, in the same order.</returns>
    public async Task<IReadOnlyList<NotebookOutcome>> Run(IReadOnlyList<string> notebooks, CancellationToken cancellation)
    {
        var temporary = settings.Output is null ? Directory.CreateTempSubdirectory("notebooks-").FullName : null;
        var folder = temporary ?? Path.GetFullPath(settings.Output!);
        Directory.CreateDirectory(folder);
        var outcomes = new NotebookOutcome[notebooks.Count];
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = settings.Parallel, CancellationToken = cancellation };
            await Parallel.ForAsync(0, notebooks.Count, options, async (i, token) => outcomes[i] = await Run(notebooks[i], folder, token));
            if (settings.Output is not null)
                Site.Write(folder, outcomes);
        }
        finally
        {
            if (temporary is not null)
                Directory.Delete(temporary, recursive: true);
        }

        return outcomes;
    }

    private async Task<NotebookOutcome> Run(string path, string folder, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var (process, result) = (new NotebookProcess(), Path.Combine(folder, Path.GetFileName(path)));
        var before = Notebook.Load(path);
        File.Delete(result);
        var failure = await process.Run(path, result, settings.Timeout, _log, cancellation);
        var executed = Notebook.Load(File.Exists(result) ? result : path);
        if (failure is not null && process.Cell > 0)
            ShowEnd(executed, process.Cell, failure, result);
        IReadOnlyList<string> problems = failure is null ? NotebookCheck.Outputs(executed) : [failure.Trace];
        if (settings.WriteBack && problems.Count == 0)
            executed.Save(path);
        var outcome = new NotebookOutcome(path, executed, failure is null ? null : process.Cell, problems, Stopwatch.GetElapsedTime(started)) { Before = before };
        Report(outcome);
        return outcome;
    }

    /// <summary>A process that was ended, or crashed, could not write the error into the notebook itself.</summary>
    private static void ShowEnd(Notebook executed, int number, ErrorOutput failure, string result)
    {
        var cell = executed.CodeCells.ElementAt(number - 1);
        if (cell.Outputs.Any(output => (string?)output!["output_type"] == "error"))
            return;
        if (!File.Exists(result))
        {
            executed.Normalize();
            executed.ClearOutputs();
        }

        cell.SetOutputs(number, [OutputJson.Error(failure, new MachinePaths(Path.GetDirectoryName(Path.GetFullPath(result))!))]);
        executed.Save(result);
    }

    private void Report(NotebookOutcome outcome)
    {
        var name = Path.GetFileName(outcome.Source);
        var end = outcome.Stopped is { } cell ? $"stopped in cell {cell}" : outcome.Problems.Count > 0 ? "ran, but" : "done";
        var lines = outcome.Problems.Select(problem => $"\n  {problem.Replace("\n", "\n  ")}");
        _log.WriteLine(FormattableString.Invariant($"{name}: {end}, {outcome.Elapsed.TotalSeconds:F1} s{string.Concat(lines)}"));
    }
}
