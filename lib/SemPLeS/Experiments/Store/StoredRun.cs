using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SemPLeS.Experiments.Store;

/// <summary>A finished run as the store keeps it: what it was, what it measured, where, when and at what cost.</summary>
public sealed record StoredRun
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>See <see cref="PlannedRun.Key"/>.</summary>
    public required string Key { get; init; }

    /// <summary>The version of the numerics that computed it.</summary>
    public required int Numerics { get; init; }

    /// <summary>The preset's name.</summary>
    public required string Preset { get; init; }

    /// <summary>What the pictures are.</summary>
    public required string World { get; init; }

    /// <summary>The training's own seed.</summary>
    public required int Seed { get; init; }

    /// <summary>What was trained.</summary>
    public required string Stage { get; init; }

    /// <summary>Which epoch's weights were scored.</summary>
    public required string EpochRule { get; init; }

    /// <summary>How the background threshold of seeds was chosen.</summary>
    public required string ThresholdRule { get; init; }

    /// <summary>The full configuration.</summary>
    public required SortedDictionary<string, string> Configuration { get; init; }

    /// <summary>Hashes of data and of starting weights.</summary>
    public required SortedDictionary<string, string> Data { get; init; }

    /// <summary>Keys of the runs that it started from, by role.</summary>
    public required SortedDictionary<string, string> Starts { get; init; }

    /// <summary>What it measured.</summary>
    public required IReadOnlyList<RunMetric> Metrics { get; init; }

    /// <summary>Fingerprints of its weights files, by role.</summary>
    public required SortedDictionary<string, string> Weights { get; init; }

    /// <summary>Seconds of the training.</summary>
    public required double Seconds { get; init; }

    /// <summary>Seconds of training and scoring together, as far as the last, uninterrupted, try went.</summary>
    public required double WallSeconds { get; init; }

    /// <summary>When it was finished.</summary>
    public required DateTimeOffset Finished { get; init; }

    /// <summary>What it was computed by and on; the library's version ends with the commit.</summary>
    public required MachineRecord Machine { get; init; }

    /// <summary>SHA-256 of the record with this field empty, 16 hexadecimal digits: it tells a damaged record.</summary>
    public string Checksum { get; init; } = string.Empty;

    /// <summary>A number that the run measured; null where it did not.</summary>
    public double? Value(string split, string metric) => Metrics.FirstOrDefault(item => item.Split == split && item.Metric == metric)?.Value;

    /// <summary>The record with its checksum.</summary>
    internal StoredRun Sealed() => this with { Checksum = ChecksumOf(this) };

    /// <summary>One line of JSON.</summary>
    internal string ToJson() => JsonSerializer.Serialize(this, Format);

    /// <summary>Reads a record and checks that nothing of it was changed.</summary>
    /// <param name="json">The text.</param>
    /// <param name="source">What the message names.</param>
    /// <exception cref="InvalidDataException">The text is no record, or was changed after it was written.</exception>
    internal static StoredRun Parse(string json, string source)
    {
        StoredRun run;
        try
        {
            run = JsonSerializer.Deserialize<StoredRun>(json, Format) ?? throw new JsonException("null in place of a run");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{source} is not a stored run: {error.Message}", error);
        }

        if (ChecksumOf(run) != run.Checksum)
            throw new InvalidDataException($"{source} was changed after it was written: its checksum is another.");
        var key = PlannedRun.KeyOf(run.Numerics, run.Preset, run.World, run.Seed, run.Stage, run.Configuration, run.Data, run.Starts, run.EpochRule, run.ThresholdRule);
        return key == run.Key ? run : throw new InvalidDataException($"{source} is stored under the key {run.Key}, its contents have {key}.");
    }

    private static string ChecksumOf(StoredRun run) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes((run with { Checksum = string.Empty }).ToJson())))[..16];
}
