using System.Diagnostics;
using SemPLeS.Data;
using SemPLeS.Experiments.Store;
using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>A console that is killed, without a chance to say goodbye, and started again ends with exactly what an undisturbed one ends with.</summary>
public sealed class KillTests(KillTests.Undisturbed undisturbed) : IClassFixture<KillTests.Undisturbed>, IDisposable
{
    private readonly string _store = Directory.CreateTempSubdirectory("killed").FullName;

    public void Dispose() => Directory.Delete(_store, recursive: true);

    [Fact]
    public void A_kill_in_every_stage_once_changes_nothing() => KillInEveryStage(times: 1, seed: 1);

    [Fact]
    [Trait(Speed.Name, Speed.Slow)]
    public void Twenty_kills_in_every_stage_change_nothing() => KillInEveryStage(times: 20, seed: 2);

    private void KillInEveryStage(int times, long seed)
    {
        var random = new RandomStream(seed);
        foreach (var (stage, lasts) in undisturbed.Stages)
        {
            for (var kill = 0; kill < times; kill++)
                Console.KillWithin(_store, stage, random.Uniform() * lasts);
        }

        Console.RunToEnd(_store);
        Assert.Equal(undisturbed.Results, Console.Results(_store));
        // What a kill left half-written lies beside the records under a name that nobody reads, and goes when the store is pruned.
        _ = new ResultStore(_store).Prune(weightsToo: false);
        Assert.Empty(Directory.EnumerateFiles(_store, "*.tmp", SearchOption.AllDirectories));
        Assert.Equal(undisturbed.Results, Console.Results(_store));
    }

    /// <summary>One undisturbed run: its results, and when each stage began and how long it lasted.</summary>
    public sealed class Undisturbed : IDisposable
    {
        private readonly string _store = Directory.CreateTempSubdirectory("undisturbed").FullName;

        public Undisturbed()
        {
            var began = new List<(string Stage, TimeSpan At)>();
            var clock = Stopwatch.StartNew();
            using (var process = Console.Start(_store, line =>
            {
                if (Console.StageOf(line) is { } stage)
                    began.Add((stage, clock.Elapsed));
            }))
            {
                process.WaitForExit();
                Assert.Equal(0, process.ExitCode);
            }

            began.Add((string.Empty, clock.Elapsed));
            Stages = [.. began.Zip(began.Skip(1), (one, next) => (one.Stage, (next.At - one.At).TotalSeconds))];
            Results = Console.Results(_store);
        }

        /// <summary>Stages in their order, and seconds of each.</summary>
        public IReadOnlyList<(string Stage, double Seconds)> Stages { get; }

        /// <summary>Of each run: stage, numbers, and the fingerprints of its weights.</summary>
        public IReadOnlyList<string> Results { get; }

        public void Dispose() => Directory.Delete(_store, recursive: true);
    }

    /// <summary>The console as a process of its own: phase 1, stages a, b and c, masks and a Segmenter, in the smallest preset.</summary>
    private static class Console
    {
        private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);

        /// <summary>Starts it; every line of its progress is told.</summary>
        public static Process Start(string store, Action<string> tell)
        {
            string[] arguments =
            [
                Path.Combine(AppContext.BaseDirectory, "SemPLeS.Cli.dll"), "table", "1", "--row", "SemPLeS", "--preset", "mini-smoke", "--threads", "1", "--store", store, "--output", Path.Combine(store, "output"),
            ];
            var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.ErrorDataReceived += (_, line) => tell(line.Data ?? string.Empty);
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
            return process;
        }

        /// <summary>"run 3/6: mini-smoke 0, seed 0, stage-b" is of stage-b; other lines begin none.</summary>
        public static string? StageOf(string line) => line.StartsWith("run ", StringComparison.Ordinal) ? line.Split(", ")[^1] : null;

        /// <summary>Starts it, and kills it some seconds after a stage has begun, or after it was about to begin what comes behind.</summary>
        public static void KillWithin(string store, string stage, double seconds)
        {
            using var reached = new ManualResetEventSlim();
            using var process = Start(store, line =>
            {
                if (StageOf(line) == stage)
                    reached.Set();
            });
            while (!reached.Wait(TimeSpan.FromMilliseconds(20)) && !process.HasExited)
                Assert.True(DateTime.Now - process.StartTime < Limit, $"{stage} did not begin within {Limit}.");
            if (!process.WaitForExit(TimeSpan.FromSeconds(seconds)))
                process.Kill(entireProcessTree: true);
            process.WaitForExit();
        }

        public static void RunToEnd(string store)
        {
            using var process = Start(store, _ => { });
            Assert.True(process.WaitForExit(Limit), $"The run did not end within {Limit}.");
            Assert.Equal(0, process.ExitCode);
        }

        public static IReadOnlyList<string> Results(string store) =>
        [
            .. new ResultStore(store).Entries().Select(entry => entry.Run ?? throw new InvalidDataException(entry.Defect))
                .Select(run => $"{run.Key} {run.Stage} {string.Join(' ', run.Metrics)} {string.Join(' ', run.Weights)}").Order(StringComparer.Ordinal),
        ];
    }
}
