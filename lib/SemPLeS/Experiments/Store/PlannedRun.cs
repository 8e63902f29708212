using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SemPLeS.Experiments.Prices;

namespace SemPLeS.Experiments.Store;

/// <summary>
/// A training before it runs, with all that decides its numbers. Two plans of one key are one run, whatever table asks for them.
/// </summary>
public sealed class PlannedRun : IEquatable<PlannedRun>
{
    private string? _key;

    /// <summary>
    /// The version of the numerics, a part of every key. It is raised by hand when a change of the code may change results, so that what was stored before
    /// is not taken for what would be computed now.
    /// </summary>
    public const int Numerics = 1;

    /// <summary>The preset's name in records.</summary>
    public required string Preset { get; init; }

    /// <summary>What the pictures are: a world's number, or a folder's name.</summary>
    public required string World { get; init; }

    /// <summary>The training's own seed.</summary>
    public required int Seed { get; init; }

    /// <summary>What is trained: phase-1, stage-a, stage-b, stage-c-2, joint, segmentation, supervised.</summary>
    public required string Stage { get; init; }

    /// <summary>The full configuration, as <see cref="Training.SettingsText"/> has it.</summary>
    public required IReadOnlyDictionary<string, string> Configuration { get; init; }

    /// <summary>Hashes of data and of starting weights that no run made, by name.</summary>
    public required IReadOnlyDictionary<string, string> Data { get; init; }

    /// <summary>The runs that it starts from, by role.</summary>
    public IReadOnlyDictionary<string, PlannedRun> Starts { get; init; } = new Dictionary<string, PlannedRun>();

    /// <summary>Which epoch's weights are scored.</summary>
    public string EpochRule { get; init; } = "last";

    /// <summary>How the background threshold of seeds is chosen; empty where none is.</summary>
    public string ThresholdRule { get; init; } = string.Empty;

    /// <summary>The weights that it ends with, by the role that they play for a later run: generator, prompts; none where nothing starts from it.</summary>
    public IReadOnlyList<string> WeightsRoles { get; init; } = [];

    /// <summary>Counts the parameters that learn here and in no run before it; null where there are none.</summary>
    public Func<long>? Parameters { get; init; }

    /// <summary>What it is expected to cost, given how many images go through the networks at once (null: whole batches); null where nobody can tell.</summary>
    public Func<int?, RunPrice>? Price { get; init; }

    /// <summary>Trains and measures; goes on where an earlier try in the same folder stopped.</summary>
    public required Func<RunContext, RunProduct> Compute { get; init; }

    /// <summary>SHA-256 of what decides the numbers, all of the above but <see cref="Compute"/>, <see cref="Parameters"/> and <see cref="Price"/>, 32 hexadecimal digits.</summary>
    public string Key => _key ??= KeyOf(Numerics, Preset, World, Seed, Stage, Configuration, Data, Starts.ToDictionary(start => start.Key, start => start.Value.Key), EpochRule, ThresholdRule);

    /// <summary>What messages call it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Preset} {World}, seed {Seed}, {Stage}");

    /// <inheritdoc/>
    public bool Equals(PlannedRun? other) => other is not null && Key == other.Key;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as PlannedRun);

    /// <inheritdoc/>
    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    /// <summary>The key of a run.</summary>
    internal static string KeyOf(
        int numerics,
        string preset,
        string world,
        int seed,
        string stage,
        IReadOnlyDictionary<string, string> configuration,
        IReadOnlyDictionary<string, string> data,
        IReadOnlyDictionary<string, string> starts,
        string epochRule,
        string thresholdRule)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var text in new[] { numerics.ToString(CultureInfo.InvariantCulture), preset, world, seed.ToString(CultureInfo.InvariantCulture), stage, epochRule, thresholdRule })
            Add(text);
        foreach (var texts in new[] { configuration, data, starts })
        {
            Add(texts.Count.ToString(CultureInfo.InvariantCulture));
            foreach (var (name, text) in texts.OrderBy(item => item.Key, StringComparer.Ordinal))
            {
                Add(name);
                Add(text);
            }
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..32];

        // The length before each text: no two lists of texts are hashed alike.
        void Add(string text)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }
    }
}
