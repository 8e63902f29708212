namespace SemPLeS.Evaluation;

/// <summary>One point of the curve of mIoU over the background threshold.</summary>
/// <param name="Threshold">In 0..1.</param>
/// <param name="MeanIou">In 0..1.</param>
public sealed record ThresholdPoint(float Threshold, double MeanIou);
