using SemPLeS.Training;

namespace SemPLeS.Experiments.Store;

/// <summary>What a run ended with.</summary>
/// <param name="Weights">Its weights files, in the run's folder, one for each of <see cref="PlannedRun.WeightsRoles"/>.</param>
/// <param name="Metrics">What it measured.</param>
/// <param name="Training">The training, whose seconds are the run's cost.</param>
public sealed record RunProduct(IReadOnlyDictionary<string, string> Weights, IReadOnlyList<RunMetric> Metrics, TrainingRecord Training)
{
    /// <summary>A Segmenter's scores; nothing starts from its weights.</summary>
    public static RunProduct Of(SegmentationOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        return new RunProduct(
            new Dictionary<string, string>(),
            [.. outcome.Records().Where(record => record.Metric != "retraining_seconds").Select(record => new RunMetric(record.Split, record.Metric, record.Value))],
            outcome.Retraining.Training);
    }
}
