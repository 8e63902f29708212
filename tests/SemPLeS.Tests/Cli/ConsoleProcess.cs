using System.Collections.Concurrent;
using System.Diagnostics;
using SemPLeS.Experiments.Store;
using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>The console as a process of its own: phase 1, stages a, b and c, masks and a Segmenter, in the smallest preset.</summary>
internal static class ConsoleProcess
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

    /// <summary>Starts it; every line of its progress is told.</summary>
    public static Process Start(string store, Action<string> tell, int threads = 1)
    {
        var process = Start(["table", "1", "--row", "SemPLeS", "--preset", "mini-smoke", "--threads", $"{threads}", "--store", store, "--output", Path.Combine(store, "output")]);
        process.ErrorDataReceived += (_, line) => tell(line.Data ?? string.Empty);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Starts the writing of masks of world 0's first scenes.</summary>
    public static Process StartMasks(string generator, string folder)
    {
        var process = Start(["masks", "--world", "0", "--weights", generator, "--output", folder, "--threads", "1"]);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    /// <summary>Writes all of them.</summary>
    public static void RunMasks(string generator, string folder)
    {
        using var process = StartMasks(generator, folder);
        Assert.True(process.WaitForExit(Limit), $"Masks were not written within {Limit}.");
        Assert.Equal(0, process.ExitCode);
    }

    private static Process Start(string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SemPLeS.Cli.dll"), .. arguments])
    {
        RedirectStandardError = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>"run 3/6: mini-smoke 0, seed 0, stage-b" is of stage-b; other lines begin none.</summary>
    public static string? StageOf(string line) => line.StartsWith("run ", StringComparison.Ordinal) ? line.Split(", ")[^1] : null;

    /// <summary>Starts it, and kills it some seconds after a stage has begun, or at once where a later one begins.</summary>
    /// <param name="store">The store.</param>
    /// <param name="stages">The stage, and those after it.</param>
    /// <param name="seconds">When.</param>
    /// <returns>Whether the stage was at work when it was killed.</returns>
    public static bool KillWithin(string store, string[] stages, double seconds)
    {
        using var passed = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        using var process = Start(store, line =>
        {
            var stage = StageOf(line);
            if (stages[1..].Contains(stage))
                passed.Set();
            if (stages.Contains(stage))
                begun.Set();
        });
        while (!begun.Wait(TimeSpan.FromMilliseconds(20)) && !process.HasExited)
            Assert.True(DateTime.Now - process.StartTime < Limit, $"{stages[0]} did not begin within {Limit}.");
        _ = passed.Wait(TimeSpan.FromSeconds(seconds));
        var found = !passed.IsSet && !process.HasExited;
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return found;
    }

    /// <summary>Starts it, and kills it when it begins to write its first record.</summary>
    /// <returns>Whether it wrote one.</returns>
    public static bool KillAtWrite(string store)
    {
        using var writes = new ManualResetEventSlim();
        using var watcher = new FileSystemWatcher(store, "*.tmp");
        watcher.Created += (_, _) => writes.Set();
        watcher.EnableRaisingEvents = true;
        using var process = Start(store, _ => { });
        while (!writes.Wait(TimeSpan.FromMilliseconds(1)) && !process.HasExited)
            Assert.True(DateTime.Now - process.StartTime < Limit, $"Nothing was written within {Limit}.");
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        return writes.IsSet;
    }

    /// <summary>Runs it without disturbance.</summary>
    public static void RunToEnd(string store, int threads = 1)
    {
        var (status, error) = Run(store, threads: threads);
        Assert.True(status == 0, error);
    }

    /// <summary>Runs it, and does something to it when a stage begins.</summary>
    /// <param name="store">The store.</param>
    /// <param name="stage">The stage; null: it is left in peace.</param>
    /// <param name="disturb">Given the process.</param>
    /// <param name="threads">Processor threads.</param>
    /// <returns>How it ended, and what it said.</returns>
    public static (int Status, string Error) Run(string store, string? stage = null, Action<Process>? disturb = null, int threads = 1)
    {
        var (lines, begun) = (new ConcurrentQueue<string>(), new ManualResetEventSlim());
        using var process = Start(
            store,
            line =>
            {
                lines.Enqueue(line);
                if (stage is not null && StageOf(line) == stage)
                    begun.Set();
            },
            threads);
        var since = Stopwatch.StartNew();
        while (!begun.Wait(TimeSpan.FromMilliseconds(20)) && !process.HasExited && since.Elapsed < Limit)
        {
        }

        if (begun.IsSet)
            disturb?.Invoke(process);
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail($"It did not end within {Limit}: {string.Join('\n', lines.TakeLast(5))}");
        }

        // Without a limit it waits for the last lines too.
        process.WaitForExit();
        return (process.ExitCode, string.Join('\n', lines.Where(line => line.Length > 0)));
    }

    public static IReadOnlyList<string> Results(string store) =>
    [
        .. new ResultStore(store).Entries().Select(entry => entry.Run ?? throw new InvalidDataException(entry.Defect))
            .Select(run => $"{run.Key} {run.Stage} {string.Join(' ', run.Metrics)} {string.Join(' ', run.Weights)}").Order(StringComparer.Ordinal),
    ];
}
