using SemPLeS.Evaluation;
using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>Scores as a record holds them, all in percent; a class that neither truth nor prediction has is null.</summary>
/// <param name="Split">Name of the pictures.</param>
/// <param name="Images">Number of pictures.</param>
/// <param name="MeanIou">mIoU, background included.</param>
/// <param name="FalsePositiveRate">Mean over the classes, background left out.</param>
/// <param name="FalseNegativeRate">Mean over the classes, background left out.</param>
/// <param name="Iou">IoU of each label by its name.</param>
public sealed record ScoreRecord(string Split, int Images, double MeanIou, double? FalsePositiveRate, double? FalseNegativeRate, IReadOnlyDictionary<string, double?> Iou)
{
    /// <summary>Name of the protocol by which seeds were scored; null for other label maps.</summary>
    public string? Protocol { get; init; }

    /// <summary>How CAMs were made, and the rule of the threshold.</summary>
    public IReadOnlyDictionary<string, string>? Settings { get; init; }

    /// <summary>The background threshold, in 0..1.</summary>
    public float? Threshold { get; init; }

    /// <summary>Share of own background labelled as its class; null where it is not known.</summary>
    public double? FalseActivation { get; init; }

    /// <summary>Of the pictures' names, classes and labels.</summary>
    public string? ImagesFingerprint { get; init; }

    /// <summary>Of the generator, where the record does not stand below its training.</summary>
    public string? WeightsFingerprint { get; init; }

    /// <summary>What the scoring took.</summary>
    public double? Seconds { get; init; }

    /// <summary>The record of scored label maps.</summary>
    /// <param name="split">Name of the pictures.</param>
    /// <param name="images">Number of pictures.</param>
    /// <param name="scores">Their scores.</param>
    /// <param name="classNames">Names of the classes, background not among them.</param>
    public static ScoreRecord Of(string split, int images, SegmentationScores scores, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(classNames);
        return new ScoreRecord(
            split,
            images,
            100 * scores.MeanIou,
            Percent(scores.FalsePositiveRate),
            Percent(scores.FalseNegativeRate),
            new OrderedDictionary<string, double?>(classNames.Prepend("background").Zip(scores.Iou, (name, iou) => KeyValuePair.Create(name, Percent(iou)))));
    }

    /// <summary>The record of scored seeds.</summary>
    /// <param name="score">The scores.</param>
    /// <param name="classNames">Names of the classes, background not among them.</param>
    public static ScoreRecord Of(MeasuredScore score, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(score);
        var (seeds, share) = (score.Evaluation.Seeds, score.Evaluation.FalseActivation);
        return Of(score.Split, score.Evaluation.Images, seeds.Scores, classNames) with
        {
            Protocol = score.Protocol.Name,
            Settings = SettingsText.Of(score.Protocol),
            Threshold = seeds.Threshold,
            FalseActivation = share is { } known ? Percent(known) : null,
            Seconds = score.Seconds,
        };
    }

    private static double? Percent(double fraction) => double.IsNaN(fraction) ? null : 100 * fraction;
}
