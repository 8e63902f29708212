using System.Text.Json;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Evaluation;
using SemPLeS.Training;

namespace SemPLeS.PseudoMasks;

/// <summary>
/// What the scores of seeds are computed from: whole numbers, pixel counts, which add up. The parts of a set, counted on several machines and merged, give the scores of
/// the whole set to the last digit.
/// </summary>
public sealed class SeedCounts
{
    private readonly ThresholdSweep _sweep;
    private readonly FalseActivation? _spill;

    private SeedCounts(ThresholdSweep sweep, FalseActivation? spill, int images) => (_sweep, _spill, Images) = (sweep, spill, images);

    /// <summary>Pictures that were counted.</summary>
    public int Images { get; private set; }

    /// <summary>Counts the seeds of every picture.</summary>
    /// <param name="extractor">Makes the CAMs.</param>
    /// <param name="images">Pictures with truth; an <see cref="ImageShard"/> is a part.</param>
    /// <param name="rule">The background thresholds.</param>
    /// <param name="workers">Threads, each with a picture of its own; the result does not depend on their number.</param>
    /// <param name="progress">Told the number of pictures that are done, from any thread.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InvalidOperationException">The pictures have no truth.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it.</exception>
    public static SeedCounts Of(
        ICamExtractor extractor, ILabelledImages images, ThresholdRule rule, int workers = 1, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        ArgumentNullException.ThrowIfNull(images);
        if (!images.HasTruth)
            throw new InvalidOperationException("Seeds can't be scored: the pictures have no masks.");
        var parts = Enumerable.Range(0, workers).Select(_ => New(rule, images, images.ClassCount + 1)).ToArray();
        var done = 0;
        ImageWorkers.Run(
            images.Count,
            workers,
            (index, worker) =>
            {
                var cams = extractor.Extract(images.Image(index), images.Labels(index));
                var (seeds, truth) = (cams.ToSeedMap(), images.Truth(index));
                parts[worker]._sweep.Add(truth, seeds);
                if (Scene(images, index) is { } scene)
                    parts[worker]._spill!.Add(truth, new LabelMap(truth.Width, truth.Height, scene.Background), scene.Tags, seeds, cams.OfAllClasses(images.ClassCount));
                parts[worker].Images++;
                progress?.Invoke(Interlocked.Increment(ref done));
            },
            cancellation);
        foreach (var part in parts[1..])
            parts[0].Merge(part);
        return parts[0];
    }

    /// <summary>Adds the counts of other pictures.</summary>
    /// <exception cref="ArgumentException"><paramref name="other"/> was counted by another rule, or has another number of labels.</exception>
    public void Merge(SeedCounts other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._spill is null != _spill is null)
            throw new ArgumentException("Of some pictures the backgrounds are known, of others not.", nameof(other));
        _sweep.Merge(other._sweep);
        _spill?.Merge(other._spill!);
        Images += other.Images;
    }

    /// <summary>The scores.</summary>
    /// <exception cref="InvalidOperationException">No pixel was counted.</exception>
    public SeedEvaluation Evaluate()
    {
        var result = _sweep.Result();
        return new SeedEvaluation(result, _spill?.Share(result.Threshold), Images);
    }

    /// <summary>Writes the counts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">Of what they are: counts of other settings are not merged with them.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    public void Save(string path, IReadOnlyDictionary<string, string> settings) => AtomicFile.Write(path, stream =>
        JsonSerializer.Serialize(stream, new Content(new SortedDictionary<string, string>(settings.ToDictionary(), StringComparer.Ordinal), Images, _sweep.Counts, _spill?.Counts)));

    /// <summary>Reads counts.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">Of what they must be.</param>
    /// <param name="images">The pictures, or those that they are a part of.</param>
    /// <param name="rule">The rule that they were counted by.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">It is damaged, or of other settings; the message names it.</exception>
    public static SeedCounts Load(string path, IReadOnlyDictionary<string, string> settings, ILabelledImages images, ThresholdRule rule)
    {
        ArgumentNullException.ThrowIfNull(images);
        Content content;
        try
        {
            content = JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path)) is { Settings: not null, Sweep: not null } read ? read : throw new JsonException("it lacks settings or counts");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"{path} does not hold counts of seeds: {error.Message}", error);
        }

        if (SettingsText.Differences(content.Settings, settings) is { Count: > 0 } differences)
            throw new InvalidDataException($"{path}: the seeds were counted otherwise ({string.Join("; ", differences)}).");
        var counts = New(rule, images, images.ClassCount + 1);
        if (content.Sweep.Length != counts._sweep.Counts.Length || content.Spill?.Length != counts._spill?.Counts.Length)
            throw new InvalidDataException($"{path} holds other counts than those of {images.ClassCount} classes and {rule}.");
        counts._sweep.Add(content.Sweep);
        if (content.Spill is not null)
            counts._spill!.Add(content.Spill);
        counts.Images = content.Images;
        return counts;
    }

    private static SeedCounts New(ThresholdRule rule, ILabelledImages images, int labels) =>
        new(new ThresholdSweep(rule, labels), Whole(images) is MiniWorldImages ? new FalseActivation(rule) : null, 0);

    private static ILabelledImages Whole(ILabelledImages images) => images is ImageShard shard ? shard.Source : images;

    /// <summary>The scene of a drawn picture; null of others, whose backgrounds are not known.</summary>
    private static MiniScene? Scene(ILabelledImages images, int index) => images switch
    {
        MiniWorldImages mini => mini.Scene(index),
        ImageShard { Source: MiniWorldImages mini } shard => mini.Scene(shard.IndexInSource(index)),
        _ => null,
    };

    private sealed record Content(SortedDictionary<string, string> Settings, int Images, long[] Sweep, long[]? Spill);
}
