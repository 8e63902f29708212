using SemPLeS.Data;
using SemPLeS.Experiments.Store;
using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>A console that is killed, without a chance to say goodbye, and started again ends with exactly what an undisturbed one ends with.</summary>
public sealed class KillTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>, IDisposable
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

    [Fact]
    public void A_kill_as_a_record_is_written_changes_nothing() => KillAtRecords(times: 1);

    [Fact]
    [Trait(Speed.Name, Speed.Slow)]
    public void Twenty_kills_as_records_are_written_change_nothing() => KillAtRecords(times: 20);

    [Fact]
    public void A_kill_as_masks_are_written_changes_nothing() => KillMasks(times: 1, seed: 3);

    [Fact]
    [Trait(Speed.Name, Speed.Slow)]
    public void Twenty_kills_as_masks_are_written_change_nothing() => KillMasks(times: 20, seed: 4);

    private void KillMasks(int times, long seed)
    {
        var (random, folder, kills) = (new RandomStream(seed), Path.Combine(_store, "masks"), 0);
        var whole = undisturbed.Masks;
        for (var attempt = 0; kills < times && attempt < 4 * times; attempt++)
        {
            using (var process = ConsoleProcess.StartMasks(undisturbed.Generator, folder))
            {
                // Somewhere between so many masks more and all of them.
                var enough = Math.Min(whole.Count - 1, Count(folder) + 1 + (int)(random.Uniform() * whole.Count / times));
                while (Count(folder) < enough && !process.HasExited)
                    Thread.Sleep(1);
                if (!process.HasExited)
                    kills++;
                process.Kill(entireProcessTree: true);
                process.WaitForExit();
            }

            if (Count(folder) == whole.Count)
                Directory.Delete(folder, recursive: true);
        }

        Assert.Equal(times, kills);
        ConsoleProcess.RunMasks(undisturbed.Generator, folder);
        Assert.Equal(whole, UndisturbedRun.Hashes(folder));

        static int Count(string folder) => Directory.Exists(Path.Combine(folder, "masks")) ? Directory.GetFiles(Path.Combine(folder, "masks"), "*.png").Length : 0;
    }

    private void KillAtRecords(int times)
    {
        for (var kills = 0; kills < times; kills++)
        {
            if (ConsoleProcess.KillAtWrite(_store))
                continue;
            // All records are there: the next ones are written anew.
            Assert.Equal(undisturbed.Results, ConsoleProcess.Results(_store));
            foreach (var record in Directory.EnumerateFiles(_store, "*.json"))
                File.Delete(record);
        }

        ConsoleProcess.RunToEnd(_store);
        Assert.Equal(undisturbed.Results, ConsoleProcess.Results(_store));
    }

    private void KillInEveryStage(int times, long seed)
    {
        var (random, kills) = (new RandomStream(seed), 0);
        foreach (var (place, (_, lasts)) in undisturbed.Stages.Index())
        {
            // A stage that came to its end before it was killed is over: what comes next has its own kills.
            for (var kill = 0; kill < times && ConsoleProcess.KillWithin(_store, [.. undisturbed.Stages.Skip(place).Select(stage => stage.Stage)], random.Uniform() * LatestShare * lasts); kill++)
                kills++;
        }

        Assert.InRange(kills, undisturbed.Stages.Count * times / 2, undisturbed.Stages.Count * times);
        ConsoleProcess.RunToEnd(_store);
        Assert.Equal(undisturbed.Results, ConsoleProcess.Results(_store));
        // What a kill left half-written lies beside the records under a name that nobody reads, and goes when the store is pruned.
        _ = new ResultStore(_store).Prune(weightsToo: false);
        Assert.Empty(Directory.EnumerateFiles(_store, "*.tmp", SearchOption.AllDirectories));
        Assert.Equal(undisturbed.Results, ConsoleProcess.Results(_store));
    }
}
