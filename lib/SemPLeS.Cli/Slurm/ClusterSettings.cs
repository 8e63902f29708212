using System.Text.Json;
using System.Text.Json.Serialization;

namespace SemPLeS.Cli.Slurm;

/// <summary>What a cluster wants of its jobs. Read from a small JSON file; what it leaves out is as here.</summary>
internal sealed record ClusterSettings
{
    /// <summary>The file that is read where none is named, if it is there.</summary>
    public const string DefaultFile = "slurm.json";

    private const double GpuTeraflops = 10;

    // What two processors of docs/performance.md sustain in a step of phase 1 is .14.
    private const double ProcessorTeraflops = .05;

    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The partition; null: the cluster's default. So with account and quality of service.</summary>
    public string? Partition { get; init; }

    /// <summary>Whom the hours are put down to.</summary>
    public string? Account { get; init; }

    /// <summary>The quality of service.</summary>
    public string? Qos { get; init; }

    /// <summary>Generic resources of a job, such as gpu:1; null: none.</summary>
    public string? Gres { get; init; }

    /// <summary>Processors of a job; null: the cluster's default.</summary>
    public int? Cpus { get; init; }

    /// <summary>Main memory of a job; null: as much as it is expected to need, times the margin.</summary>
    public int? MemoryGigabytes { get; init; }

    /// <summary>How many times the expected memory is asked for.</summary>
    public double MemoryMargin { get; init; } = 1.5;

    /// <summary>What a job's processors or GPU sustain, in 10^12 operations a second, for times that no record tells; null: 10 on a GPU, .05 on each processor.</summary>
    public double? Teraflops { get; init; }

    /// <summary>How many times the expected time the limit is.</summary>
    public double Margin { get; init; } = 3;

    /// <summary>The greatest time limit that is asked for: what takes longer is saved before it, and queued again.</summary>
    public double Hours { get; init; } = 24;

    /// <summary>The least time limit.</summary>
    public int LeastMinutes { get; init; } = 10;

    /// <summary>How long before the limit a job is told to save and to queue again.</summary>
    public int SignalSeconds { get; init; } = 120;

    /// <summary>How many jobs of one array may run at a time; null: as many as the cluster lets.</summary>
    public int? AtOnce { get; init; }

    /// <summary>Lines of a shell before the program: modules, variables.</summary>
    public IReadOnlyList<string> Setup { get; init; } = [];

    /// <summary>What the program is started by, such as "apptainer exec --nv semples.sif"; empty: nothing.</summary>
    public string Container { get; init; } = string.Empty;

    /// <summary>The program on the nodes; null: this one, where it lies.</summary>
    public string? Program { get; init; }

    /// <summary>More options of sbatch, such as --exclude=node7.</summary>
    public IReadOnlyList<string> Sbatch { get; init; } = [];

    /// <summary>Whether a job has a GPU.</summary>
    internal bool HasGpu => Gres?.Contains("gpu", StringComparison.Ordinal) == true;

    /// <summary>What is assumed of the speed where the file says nothing of it.</summary>
    internal double UsualTeraflops => HasGpu ? GpuTeraflops : ProcessorTeraflops * (Cpus ?? 1);

    /// <summary>Reads a file.</summary>
    /// <exception cref="IOException">It is not there or can't be read.</exception>
    /// <exception cref="InvalidDataException">It is not such a file, or a number is out of range; the message names it.</exception>
    public static ClusterSettings Read(string path)
    {
        try
        {
            var settings = JsonSerializer.Deserialize<ClusterSettings>(File.ReadAllText(path), Options) ?? throw new JsonException("null in place of settings");
            return settings switch
            {
                { Cpus: < 1 } or { MemoryGigabytes: < 1 } or { AtOnce: < 1 } or { LeastMinutes: < 1 } => throw new JsonException("cpus, memoryGigabytes, atOnce and leastMinutes are at least 1"),
                { Hours: not > 0 } or { Teraflops: not > 0 and not null } => throw new JsonException("hours and teraflops are above 0"),
                { Margin: not >= 1 } or { MemoryMargin: not >= 1 } => throw new JsonException("margin and memoryMargin are at least 1"),
                { SignalSeconds: < 1 or > 65535 } => throw new JsonException("signalSeconds is from 1 to 65535"),
                _ => settings,
            };
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} does not describe a cluster: {error.Message}", error);
        }
    }
}
