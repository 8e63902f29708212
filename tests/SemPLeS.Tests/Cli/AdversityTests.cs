using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>
/// A disk that is full or read-only, files that vanish, too little memory, and a second process: the console says what is wrong or waits, and the same command
/// ends, once the trouble is over, with exactly what an undisturbed one ends with.
/// </summary>
public sealed class AdversityTests(UndisturbedRun undisturbed) : IClassFixture<UndisturbedRun>, IDisposable
{
    private readonly string _store = Directory.CreateTempSubdirectory("adversity").FullName;
    private readonly string _gone = Directory.CreateTempSubdirectory("gone").FullName;

    public void Dispose()
    {
        Directory.Delete(_store, recursive: true);
        Directory.Delete(_gone, recursive: true);
    }

    [SmallDiskFact]
    public void A_full_disk_is_an_error_that_says_so()
    {
        using var disk = new SmallDisk(4);
        foreach (var kilobytes in new[] { 4, 400, 1600, 3200 })
        {
            disk.Resize(kilobytes);
            var (status, error) = ConsoleProcess.Run(disk.Path);
            Assert.True(status == 1 && error.Contains("No space left on device", StringComparison.Ordinal), $"{kilobytes} kB: status {status}, {error}");
            AssertOneLine(error);
        }

        disk.Resize(100_000);
        AssertEndsAsUndisturbed(disk.Path);
    }

    [SmallDiskFact]
    public void A_store_that_can_not_be_written_to_is_an_error_that_names_it()
    {
        using var disk = new SmallDisk(100_000);
        disk.MakeReadOnly();
        var (status, error) = ConsoleProcess.Run(disk.Path);
        Assert.True(status == 1, $"status {status}, {error}");
        Assert.Contains("Read-only file system", error, StringComparison.Ordinal);
        Assert.Contains(disk.Path, error, StringComparison.Ordinal);
        AssertOneLine(error);

        disk.Resize(100_000);
        AssertEndsAsUndisturbed(disk.Path);
    }

    [Fact]
    public void Weights_that_vanish_while_a_later_stage_starts_from_them_are_made_again()
    {
        var (status, error) = ConsoleProcess.Run(_store, "stage-b", _ => Directory.Move(Path.Combine(_store, "files"), Path.Combine(_gone, "files")));
        Assert.True(status is 0 or 1, $"status {status}, {error}");
        if (status == 1)
        {
            Assert.Contains(_store, error, StringComparison.Ordinal);
            AssertOneLine(error);
        }

        AssertEndsAsUndisturbed(_store);
    }

    [Fact]
    public void A_store_that_vanishes_is_an_error_or_made_again()
    {
        var (status, error) = ConsoleProcess.Run(_store, "stage-a", _ => Directory.Move(_store, Path.Combine(_gone, "store")));
        Assert.True(status is 0 or 1, $"status {status}, {error}");
        if (status == 1)
        {
            Assert.Contains(_store, error, StringComparison.Ordinal);
            AssertOneLine(error);
        }

        Directory.CreateDirectory(_store);
        AssertEndsAsUndisturbed(_store);
    }

    [Fact]
    public void Two_consoles_on_one_store_share_the_work()
    {
        var stages = new List<string>();
        using (var other = ConsoleProcess.Start(_store, Add))
        using (var one = ConsoleProcess.Start(_store, Add))
        {
            foreach (var process in new[] { one, other })
            {
                Assert.True(process.WaitForExit(TimeSpan.FromMinutes(3)));
                Assert.Equal(0, process.ExitCode);
            }
        }

        Assert.Equal(undisturbed.Results, ConsoleProcess.Results(_store));
        Assert.Equal(stages.Distinct().Order(), stages.Order());

        void Add(string line)
        {
            if (ConsoleProcess.StageOf(line) is { } stage)
            {
                lock (stages)
                    stages.Add(stage);
            }
        }
    }

    [Fact]
    [Trait(Speed.Name, Speed.Slow)]
    public void Of_six_consoles_on_one_store_two_are_killed_and_the_others_do_all_of_the_work()
    {
        var consoles = Enumerable.Range(0, 6).Select(_ => ConsoleProcess.Start(_store, _ => { })).ToArray();
        Thread.Sleep(TimeSpan.FromSeconds(2));
        foreach (var killed in consoles[..2])
            killed.Kill(entireProcessTree: true);
        foreach (var console in consoles)
            Assert.True(console.WaitForExit(TimeSpan.FromMinutes(4)));
        Assert.All(consoles[2..], console => Assert.Equal(0, console.ExitCode));
        foreach (var console in consoles)
            console.Dispose();
        Assert.Equal(undisturbed.Results, ConsoleProcess.Results(_store));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_store, "claims")));
    }

    [LinuxFact]
    public void Too_little_memory_is_an_error_that_says_so()
    {
        var (status, error) = ConsoleProcess.Run(_store, "phase-1", process => Process.Start("prlimit", ["--pid", Text(process.Id), $"--as={Text(AddressSpace(process))}"]).WaitForExit());
        Assert.True(status != 0, "It had memory enough.");
        Assert.Contains("memory", error, StringComparison.OrdinalIgnoreCase);
        AssertEndsAsUndisturbed(_store);

        static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

        static long AddressSpace(Process process)
        {
            process.Refresh();
            return process.VirtualMemorySize64;
        }
    }

    [Fact]
    public void On_two_threads_the_same_command_gives_the_same_bits_too()
    {
        var again = Directory.CreateTempSubdirectory("again").FullName;
        try
        {
            ConsoleProcess.RunToEnd(_store, threads: 2);
            ConsoleProcess.RunToEnd(again, threads: 2);
            Assert.Equal(ConsoleProcess.Results(_store), ConsoleProcess.Results(again));
        }
        finally
        {
            Directory.Delete(again, recursive: true);
        }
    }

    private static void AssertOneLine(string error) => Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);

    private void AssertEndsAsUndisturbed(string store)
    {
        ConsoleProcess.RunToEnd(store);
        Assert.Equal(undisturbed.Results, ConsoleProcess.Results(store));
    }
}
