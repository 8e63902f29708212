using System.Diagnostics;
using SemPLeS.Data;
using SemPLeS.Experiments.Store;
using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>A console that is killed, without a chance to say goodbye, and started again ends with exactly what an undisturbed one ends with.</summary>
public sealed class KillTests(KillTests.Undisturbed undisturbed) : IClassFixture<KillTests.Undisturbed>, IDisposable
{
    // Of the time that a stage took undisturbed, so that most kills find it at work.
    private const double LatestShare = .8;

    private readonly string _store = Directory.CreateTempSubdirectory("killed").FullName;

    public void Dispose() => Directory.Delete(_store, recursive: true);

    [Fact]
    public void A_kill_in_every_stage_once_changes_nothing() => KillInEveryStage(times: 1, seed: 1);

    [Fact]
    [Trait(Speed.Name, Speed.Slow)]
    public void Twenty_kills_in_every_stage_change_nothing() => KillInEveryStage(times: 20, seed: 2);

    private void KillInEveryStage(int times, long seed)
    {
        var (random, kills) = (new RandomStream(seed), 0);
        foreach (var (place, (_, lasts)) in undisturbed.Stages.Index())
        {
            // A stage that came to its end before it was killed is over: what comes next has its own kills.
            for (var kill = 0; kill < times && Console.KillWithin(_store, [.. undisturbed.Stages.Skip(place).Select(stage => stage.Stage)], random.Uniform() * LatestShare * lasts); kill++)
                kills++;
        }

        Assert.InRange(kills, undisturbed.Stages.Count * times / 2, undisturbed.Stages.Count * times);
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
