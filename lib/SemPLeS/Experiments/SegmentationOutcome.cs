using SemPLeS.Evaluation;

namespace SemPLeS.Experiments;

/// <summary>A Segmenter that was retrained and scored, and the masks that it learned.</summary>
/// <param name="Row">The row of these results in tables: that of the generator whose masks were learned, or <see cref="Supervised"/>.</param>
/// <param name="Retraining">The training.</param>
/// <param name="Masks">The CRF masks of the scored training pictures against the truth; null where the truth was learned.</param>
/// <param name="Train">The retrained masks of the scored training pictures.</param>
/// <param name="Validation">The Segmenter's labels of pictures that nothing learned from.</param>
public sealed record SegmentationOutcome(string Row, RetrainingOutcome Retraining, SegmentationScores? Masks, SegmenterScore Train, SegmenterScore Validation)
{
    /// <summary>The stage's name in records: masks of a method's CAMs, and a Segmenter that learned them.</summary>
    public const string Stage = "segmentation";

    /// <summary>The row of a Segmenter that learned the true masks: the upper bound.</summary>
    public const string Supervised = "supervised";

    /// <summary>The numbers, as results.json has them: mask_crf_miou, mask_retrained_miou and val_retrained_miou in percent, after the CRF; retraining_seconds.</summary>
    public IEnumerable<ResultRecord> Records()
    {
        if (Masks is not null)
            yield return Record("train", "mask_crf_miou", 100 * Masks.MeanIou);
        yield return Record("train", "mask_retrained_miou", 100 * Train.Scores!.MeanIou);
        yield return Record("val", "val_retrained_miou", 100 * Validation.Scores!.MeanIou);
        yield return Record("train", "retraining_seconds", Retraining.Training.Seconds);
    }

    private ResultRecord Record(string split, string metric, double value) => new(Retraining.Plan.Preset, Retraining.Plan.World, Retraining.Plan.Seed, Row, split, metric, value);
}
