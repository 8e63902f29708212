using System.Diagnostics;
using System.Security.Cryptography;
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

    /// <summary>Weights of a generator that it trained.</summary>
    public string Generator => Directory.EnumerateFiles(Path.Combine(_store, "files"), "generator.weights.safetensors", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();

    /// <summary>Name and hash of each mask that the generator makes of the first scenes of world 0.</summary>
    public IReadOnlyList<string> Masks => field ??= MakeMasks();

    /// <summary>Name and hash of each mask of a folder.</summary>
    public static IReadOnlyList<string> Hashes(string folder) =>
        [.. Directory.EnumerateFiles(Path.Combine(folder, "masks")).Order(StringComparer.Ordinal).Select(path => $"{Path.GetFileName(path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}")];

    public void Dispose() => Directory.Delete(_store, recursive: true);

    private IReadOnlyList<string> MakeMasks()
    {
        var folder = Path.Combine(_store, "undisturbed");
        ConsoleProcess.RunMasks(Generator, folder);
        return Hashes(folder);
    }
}
