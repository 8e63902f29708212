using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>An online retraining as a record holds it.</summary>
/// <param name="Preset">The preset's name.</param>
/// <param name="World">What the pictures are.</param>
/// <param name="Seed">The training's seed.</param>
/// <param name="Masks">Where the masks that were learned come from.</param>
/// <param name="Images">Number of training pictures.</param>
/// <param name="ImagesFingerprint">Of their names, classes, labels and, where they are not the truth, masks.</param>
/// <param name="StartFingerprint">Of the Segmenter before the training.</param>
/// <param name="WeightsFingerprint">Of the trained Segmenter, as it was stored.</param>
/// <param name="Weights">The weights file.</param>
/// <param name="Segmenter">The network's shape.</param>
/// <param name="Settings">Schedule and loss.</param>
/// <param name="Test">How pictures are labelled, and the CRF.</param>
/// <param name="Training">Losses and times.</param>
/// <param name="Best">The best look at the watched pictures; null where none were.</param>
/// <param name="Scores">What was scored, after the CRF and, as NAME without CRF, before.</param>
public sealed record RetrainingRecord(
    string Preset,
    string World,
    int Seed,
    string Masks,
    int Images,
    string ImagesFingerprint,
    string StartFingerprint,
    string WeightsFingerprint,
    string Weights,
    IReadOnlyDictionary<string, string> Segmenter,
    IReadOnlyDictionary<string, string> Settings,
    IReadOnlyDictionary<string, string> Test,
    TrainingRecord Training,
    WatchedEpoch? Best,
    IReadOnlyList<ScoreRecord> Scores)
{
    /// <summary>The record of a retraining.</summary>
    /// <param name="outcome">What it ended with.</param>
    /// <param name="masks">Where the masks come from.</param>
    /// <param name="scores">What was scored.</param>
    /// <exception cref="InvalidDataException">The weights file is damaged.</exception>
    public static RetrainingRecord Of(RetrainingOutcome outcome, string masks, IReadOnlyList<SegmenterScore> scores)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(scores);
        var plan = outcome.Plan;
        using var start = plan.Start();
        using var trained = Segmentation.Segmenter.Load(outcome.WeightsPath);
        return new RetrainingRecord(
            plan.Preset,
            plan.World,
            plan.Seed,
            masks,
            plan.Train.Count,
            Fingerprint.Of(plan.Train),
            Fingerprint.Of(start),
            Fingerprint.Of(trained),
            Path.GetFileName(outcome.WeightsPath),
            SettingsText.Of(start.Settings),
            SettingsText.Of(plan.Settings),
            SettingsText.Of(new { Prediction = plan.Test, plan.Crf }),
            outcome.Training,
            outcome.Best,
            [.. scores.SelectMany(score => Of(score, plan.Train.ClassNames))]);
    }

    private static IEnumerable<ScoreRecord> Of(SegmenterScore score, IReadOnlyList<string> classNames)
    {
        if (score.Scores is { } scores)
            yield return ScoreRecord.Of(score.Split, score.Images, scores, classNames) with { Seconds = score.Seconds };
        if (score.Plain is { } plain)
            yield return ScoreRecord.Of($"{score.Split} without CRF", score.Images, plain, classNames);
    }
}
