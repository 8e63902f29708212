using System.Diagnostics;
using SemPLeS.Experiments.Store;
using Xunit;

namespace SemPLeS.Tests.Experiments.Store;

public sealed class RunClaimTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("claims").FullName;

    private string ClaimPath => Path.Combine(_folder, "claims", "run");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_run_is_claimed_once_until_it_is_given_back()
    {
        var (one, other) = (new ResultStore(_folder), new ResultStore(_folder));
        using (var held = one.TryLock("run"))
        {
            Assert.True(held!.IsHeld);
            Assert.Null(other.TryLock("run"));
            Assert.Null(one.TryLock("run"));
            using var unlike = other.TryLock("another");
            Assert.NotNull(unlike);
        }

        using var again = other.TryLock("run");
        Assert.NotNull(again);
    }

    [Fact]
    public void Nothing_is_left_of_claims_that_were_given_back()
    {
        var store = new ResultStore(_folder);
        using (var held = store.TryLock("run"))
            Assert.Null(store.TryLock("run"));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_folder, "claims")));
    }

    [Fact]
    public void Of_many_that_want_a_run_at_once_one_has_it()
    {
        var (inside, turns) = (0, 0);
        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ =>
        {
            var store = new ResultStore(_folder);
            for (var mine = 0; mine < 25;)
            {
                using var held = store.TryLock("run");
                if (held is null)
                    continue;
                Assert.Equal(1, Interlocked.Increment(ref inside));
                mine++;
                turns++;
                Interlocked.Decrement(ref inside);
            }
        });
        Assert.Equal(8 * 25, turns);
    }

    [Fact]
    public void The_run_of_a_dead_process_of_this_machine_is_free_at_once()
    {
        var store = new ResultStore(_folder);
        using var living = store.TryLock("run");
        using var ended = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!;
        ended.WaitForExit();
        Rewrite((machine, _, started) => (machine, $"{ended.Id}", started));

        using var heir = store.TryLock("run");
        Assert.True(heir!.IsHeld);
        Assert.False(living!.IsHeld);
    }

    [Fact]
    public void A_later_process_of_the_same_number_is_not_the_owner()
    {
        var store = new ResultStore(_folder);
        using var living = store.TryLock("run");
        Rewrite((machine, process, started) => (machine, process, $"{long.Parse(started) - TimeSpan.TicksPerHour}"));
        using var heir = store.TryLock("run");
        Assert.NotNull(heir);
    }

    [Fact]
    public void An_owner_on_another_machine_keeps_its_run_while_it_shows_life_and_loses_it_after_the_lease()
    {
        var time = new ManualTime();
        var store = new ResultStore(_folder) { Lease = TimeSpan.FromMinutes(1), Time = time };
        using var first = store.TryLock("run");
        Rewrite((_, process, started) => ("elsewhere", process, started));
        Assert.Null(store.TryLock("run"));

        time.Advance(TimeSpan.FromSeconds(50));
        Assert.Null(store.TryLock("run"));
        Rewrite((_, process, started) => ("elsewhere", process, started), beat: 7);
        time.Advance(TimeSpan.FromSeconds(50));
        Assert.Null(store.TryLock("run"));
        time.Advance(TimeSpan.FromSeconds(61));
        using var heir = store.TryLock("run");
        Assert.True(heir!.IsHeld);
        Assert.False(first!.IsHeld);
    }

    [Fact]
    public async Task An_owner_shows_life()
    {
        var store = new ResultStore(_folder) { Lease = TimeSpan.FromSeconds(.6) };
        using var held = store.TryLock("run");
        var before = await File.ReadAllTextAsync(ClaimPath);
        for (var waited = 0; await File.ReadAllTextAsync(ClaimPath) == before; waited++)
        {
            Assert.True(waited < 200, "The claim's file did not change.");
            await Task.Delay(50);
        }

        Assert.True(held!.IsHeld);
    }

    [Theory]
    [InlineData("")]
    [InlineData("somewhere\n12")]
    public void A_file_of_an_owner_that_died_before_it_said_its_name_counts_for_the_lease(string content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(ClaimPath)!);
        File.WriteAllText(ClaimPath, content);
        var time = new ManualTime();
        var store = new ResultStore(_folder) { Lease = TimeSpan.FromMinutes(1), Time = time };
        Assert.Null(store.TryLock("run"));
        time.Advance(TimeSpan.FromSeconds(61));
        using var held = store.TryLock("run");
        Assert.True(held!.IsHeld);
    }

    /// <summary>Changes who has the claim: machine, process, when that began.</summary>
    private void Rewrite(Func<string, string, string, (string Machine, string Process, string Started)> change, int beat = 0)
    {
        var lines = File.ReadAllLines(ClaimPath);
        (lines[0], lines[1], lines[2]) = change(lines[0], lines[1], lines[2]);
        lines[4] = $"{beat:D12}";
        // As another process would: a file of its own under that name.
        File.WriteAllText(ClaimPath + ".new", string.Join('\n', lines) + "\n");
        File.Move(ClaimPath + ".new", ClaimPath, overwrite: true);
    }

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Advance(TimeSpan span) => _ticks += span.Ticks;

        public override long GetTimestamp() => _ticks;
    }
}
