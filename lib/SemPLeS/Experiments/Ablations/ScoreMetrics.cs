using SemPLeS.Experiments.Store;
using SemPLeS.Training;

namespace SemPLeS.Experiments.Ablations;

/// <summary>Scores as a stored run names them.</summary>
internal static class ScoreMetrics
{
    /// <summary>Of seeds, in percent: seed_miou (val_miou on val), false_activation, fp_rate and fn_rate; threshold in 0..1.</summary>
    public static IReadOnlyList<RunMetric> Of(IReadOnlyList<MeasuredScore> scores) => [.. scores.SelectMany(score =>
    {
        var seeds = score.Evaluation.Seeds;
        return new (string Metric, double? Value)[]
        {
            (score.Metric, 100 * seeds.Scores.MeanIou),
            ("false_activation", 100 * score.Evaluation.FalseActivation),
            ("fp_rate", 100 * seeds.Scores.FalsePositiveRate),
            ("fn_rate", 100 * seeds.Scores.FalseNegativeRate),
            ("threshold", Math.Round(seeds.Threshold, 4)),
        }.Where(item => item.Value is { } value && double.IsFinite(value)).Select(item => new RunMetric(score.Split, item.Metric, item.Value!.Value));
    })];

    /// <summary>Of prompts: cos_label and cos_background, in -1..1.</summary>
    public static IReadOnlyList<RunMetric> Of(PromptCosines cosines) => [new("train", "cos_label", cosines.ToLabel), new("train", "cos_background", cosines.ToBackground)];
}
