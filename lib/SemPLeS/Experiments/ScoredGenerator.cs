using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>A trained generator and what its seeds are worth.</summary>
/// <param name="Row">Its row in tables: phase-1, stage-a, stage-c, joint.</param>
/// <param name="WeightsPath">Its weights.</param>
/// <param name="Training">Losses and times of the stage that it comes from.</param>
/// <param name="Scores">One for each planned score.</param>
public sealed record ScoredGenerator(string Row, string WeightsPath, TrainingRecord Training, IReadOnlyList<MeasuredScore> Scores)
{
    /// <summary>The background threshold of its seeds on the training split, in 0..1; of several protocols the first one's.</summary>
    /// <exception cref="InvalidOperationException">It was not scored on the training split.</exception>
    public float SeedThreshold => Scores.First(score => score.Split == "train").Evaluation.Seeds.Threshold;
}
