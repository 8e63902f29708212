using System.Globalization;
using System.Text.Json;
using SemPLeS.Data;

namespace SemPLeS.Cli.Slurm;

/// <summary>Jobs that were handed in together, as a file of the store tells them.</summary>
/// <param name="Command">The command, as a reader would type it.</param>
/// <param name="Submitted">When.</param>
/// <param name="Levels">Each array's job number and the keys of its runs, in the order of their indices.</param>
internal sealed record Submission(string Command, DateTimeOffset Submitted, IReadOnlyList<Submission.Level> Levels)
{
    private const string FileName = "submission.json";
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    /// <summary>The folder of scripts and logs.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string Folder { get; init; } = string.Empty;

    /// <summary>A folder for a new one.</summary>
    public static string NewFolder(string store, DateTimeOffset now) =>
        Path.Combine(Path.GetFullPath(store), "slurm", $"{now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture)}-{Guid.NewGuid().ToString("N")[..6]}");

    /// <summary>All of a store, the newest first.</summary>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static IReadOnlyList<Submission> In(string store)
    {
        var all = Path.Combine(store, "slurm");
        return !Directory.Exists(all) ? [] :
        [
            .. Directory.GetDirectories(all).OrderDescending(StringComparer.Ordinal)
                .Select(folder => Path.Combine(folder, FileName))
                .Where(File.Exists)
                .Select(Read),
        ];
    }

    /// <summary>Writes it into its folder.</summary>
    public void Save() => AtomicFile.WriteText(Path.Combine(Folder, FileName), JsonSerializer.Serialize(this, Options) + "\n");

    private static Submission Read(string path)
    {
        try
        {
            return (JsonSerializer.Deserialize<Submission>(File.ReadAllText(path), Options) ?? throw new JsonException("null in place of jobs")) with { Folder = Path.GetDirectoryName(path)! };
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} does not tell of jobs: {error.Message}", error);
        }
    }

    /// <summary>A job array.</summary>
    /// <param name="Number">The level, from 1.</param>
    /// <param name="Job">Slurm's number.</param>
    /// <param name="Keys">Keys of its runs.</param>
    internal sealed record Level(int Number, string Job, IReadOnlyList<string> Keys);
}
