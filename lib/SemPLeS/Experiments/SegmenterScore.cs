using SemPLeS.Evaluation;

namespace SemPLeS.Experiments;

/// <summary>The label maps of a Segmenter on a set of pictures.</summary>
/// <param name="Split">Name of the pictures.</param>
/// <param name="Images">Number of pictures.</param>
/// <param name="Scores">Against the truth, after the CRF; null where there is no truth.</param>
/// <param name="Plain">The same before the CRF; null where there is no truth or no CRF.</param>
/// <param name="Seconds">What it took.</param>
public sealed record SegmenterScore(string Split, int Images, SegmentationScores? Scores, SegmentationScores? Plain, double Seconds);
