using SemPLeS.Experiments;
using SemPLeS.Notebooks;

namespace SemPLeS.Cli.Display;

/// <summary>Scores of seeds as columns of a table.</summary>
internal static class SeedColumns
{
    /// <summary>A column for each score, named after split and, where there are several, protocol.</summary>
    public static IReadOnlyList<ScoreColumn> Of(IReadOnlyList<MeasuredScore> scores) => [.. scores.Select(score => new ScoreColumn(Name(score, scores), score.Evaluation.Seeds.Scores)
    {
        Threshold = score.Evaluation.Seeds.Threshold,
        FalseActivation = score.Evaluation.FalseActivation,
    })];

    /// <summary>The score's split and, where the scores are of several protocols, its protocol.</summary>
    public static string Name(MeasuredScore score, IReadOnlyList<MeasuredScore> scores) =>
        scores.Any(other => other.Protocol != score.Protocol) ? $"{score.Split}, {score.Protocol.Name}" : score.Split;
}
