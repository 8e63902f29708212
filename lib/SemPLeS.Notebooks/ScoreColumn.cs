using SemPLeS.Evaluation;

namespace SemPLeS.Notebooks;

/// <summary>The scores of one method or stage: a column of a table.</summary>
/// <param name="Name">What stands above the column.</param>
/// <param name="Scores">Its scores.</param>
public sealed record ScoreColumn(string Name, SegmentationScores Scores)
{
    /// <summary>The background threshold of the seeds, in 0..1, if there is one.</summary>
    public float? Threshold { get; init; }

    /// <summary>The share of own background labelled as its class, in 0..1, where it is known.</summary>
    public double? FalseActivation { get; init; }
}
