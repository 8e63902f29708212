using SemPLeS.Segmentation;
using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>What an online retraining ended with.</summary>
/// <param name="Plan">What was planned.</param>
/// <param name="WeightsPath">The last weights, which are those that are scored.</param>
/// <param name="Training">Losses and times.</param>
/// <param name="Best">The best look at the watched pictures; null where none were.</param>
public sealed record RetrainingOutcome(RetrainingPlan Plan, string WeightsPath, TrainingRecord Training, WatchedEpoch? Best)
{
    /// <summary>The row of these results in tables.</summary>
    public const string Row = OnlineRetraining.Name;
}
