namespace SemPLeS.Evaluation;

/// <summary>What a sweep over background thresholds found.</summary>
/// <param name="Threshold">The chosen threshold, in 0..1.</param>
/// <param name="Scores">The scores at that threshold.</param>
/// <param name="Curve">The mIoU at every threshold of the rule, those after the chosen one included.</param>
/// <param name="Rule">How the threshold was chosen, in words.</param>
public sealed record ThresholdResult(float Threshold, SegmentationScores Scores, IReadOnlyList<ThresholdPoint> Curve, string Rule);
