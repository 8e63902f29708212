using System.Diagnostics;
using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>One undisturbed run: its results, and when each stage began and how long it lasted.</summary>
public sealed class UndisturbedRun : IDisposable
{
    private readonly string _store = Directory.CreateTempSubdirectory("undisturbed").FullName;

    public UndisturbedRun()
    {
        var began = new List<(string Stage, TimeSpan At)>();
        var clock = Stopwatch.StartNew();
        using (var process = ConsoleProcess.Start(_store, line =>
        {
            if (ConsoleProcess.StageOf(line) is { } stage)
                began.Add((stage, clock.Elapsed));
        }))
        {
            process.WaitForExit();
            Assert.Equal(0, process.ExitCode);
        }

        began.Add((string.Empty, clock.Elapsed));
        Stages = [.. began.Zip(began.Skip(1), (one, next) => (one.Stage, (next.At - one.At).TotalSeconds))];
        Results = ConsoleProcess.Results(_store);
    }

    /// <summary>Stages in their order, and seconds of each.</summary>
    public IReadOnlyList<(string Stage, double Seconds)> Stages { get; }

    /// <summary>Of each run: stage, numbers, and the fingerprints of its weights.</summary>
    public IReadOnlyList<string> Results { get; }

    public void Dispose() => Directory.Delete(_store, recursive: true);
}
