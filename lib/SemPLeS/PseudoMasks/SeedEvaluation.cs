using SemPLeS.Data;
using SemPLeS.Evaluation;

namespace SemPLeS.PseudoMasks;

/// <summary>The scores of seeds on a set of pictures.</summary>
/// <param name="Seeds">The chosen threshold and the scores there.</param>
/// <param name="FalseActivation">Share of the own backgrounds' pixels that are labelled as the class, in 0..1; null where backgrounds are not known.</param>
/// <param name="Images">Pictures that were scored.</param>
public sealed record SeedEvaluation(ThresholdResult Seeds, double? FalseActivation, int Images)
{
    /// <summary>Scores the seeds of every picture.</summary>
    /// <param name="extractor">Makes the CAMs.</param>
    /// <param name="images">Pictures with truth.</param>
    /// <param name="rule">The background thresholds.</param>
    /// <param name="workers">Threads, each with a picture of its own; the result does not depend on their number.</param>
    /// <param name="progress">Told the number of pictures that are done, from any thread.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InvalidOperationException">The pictures have no truth.</exception>
    /// <exception cref="InvalidDataException">A file is damaged; the message names it.</exception>
    public static SeedEvaluation Run(
        ICamExtractor extractor, ILabelledImages images, ThresholdRule rule, int workers = 1, Action<int>? progress = null, CancellationToken cancellation = default) =>
        SeedCounts.Of(extractor, images, rule, workers, progress, cancellation).Evaluate();
}
