using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;

namespace SemPLeS.Experiments.Laboratory;

/// <summary>What a stage ended with at one training seed.</summary>
/// <param name="WeightsPath">The generator, of stage b the prompts.</param>
/// <param name="Metrics">Its scores.</param>
/// <param name="TrainingSeconds">What its training took.</param>
/// <param name="WallSeconds">What training and scoring took.</param>
/// <param name="Start">The stage before it; null for stage a, since phase 1 is all seeds'.</param>
internal sealed record LaboratoryTrial(string WeightsPath, IReadOnlyList<RunMetric> Metrics, double TrainingSeconds, double WallSeconds, LaboratoryTrial? Start)
{
    /// <summary>It and those before it.</summary>
    public IEnumerable<LaboratoryTrial> Chain => Start is null ? [this] : [this, .. Start.Chain];

    /// <summary>The number of a column, its own or that of the nearest stage before it which has one; null where none has.</summary>
    public double? Value(AblationColumn column) => column.Metric == AblationColumn.Seconds
        ? Chain.Sum(trial => trial.TrainingSeconds)
        : Chain.SelectMany(trial => trial.Metrics).FirstOrDefault(metric => metric.Split == column.Split && metric.Metric == column.Metric)?.Value;
}
