using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>A trained generator and what its seeds are worth.</summary>
/// <param name="Row">Its row in tables: phase-1, stage-a, stage-c, joint.</param>
/// <param name="WeightsPath">Its weights.</param>
/// <param name="Training">Losses and times of the stage that it comes from.</param>
/// <param name="Scores">One for each planned score.</param>
public sealed record ScoredGenerator(string Row, string WeightsPath, TrainingRecord Training, IReadOnlyList<MeasuredScore> Scores);
