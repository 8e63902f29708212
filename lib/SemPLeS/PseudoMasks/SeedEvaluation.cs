using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
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
        ICamExtractor extractor, ILabelledImages images, ThresholdRule rule, int workers = 1, Action<int>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(extractor);
        ArgumentNullException.ThrowIfNull(images);
        if (!images.HasTruth)
            throw new InvalidOperationException("Seeds can't be scored: the pictures have no masks.");
        var mini = images as MiniWorldImages;
        var sweeps = Enumerable.Range(0, workers).Select(_ => new ThresholdSweep(rule, images.ClassCount + 1)).ToArray();
        var spills = Enumerable.Range(0, workers).Select(_ => new FalseActivation(rule)).ToArray();
        var done = 0;
        ImageWorkers.Run(
            images.Count,
            workers,
            (index, worker) =>
            {
                var cams = extractor.Extract(images.Image(index), images.Labels(index));
                var (seeds, truth) = (cams.ToSeedMap(), images.Truth(index));
                sweeps[worker].Add(truth, seeds);
                if (mini?.Scene(index) is { } scene)
                    spills[worker].Add(truth, new LabelMap(truth.Width, truth.Height, scene.Background), scene.Tags, seeds, cams.OfAllClasses(images.ClassCount));
                progress?.Invoke(Interlocked.Increment(ref done));
            },
            cancellation);
        foreach (var (sweep, spill) in sweeps.Zip(spills).Skip(1))
        {
            sweeps[0].Merge(sweep);
            spills[0].Merge(spill);
        }

        var result = sweeps[0].Result();
        return new SeedEvaluation(result, mini is null ? null : spills[0].Share(result.Threshold), images.Count);
    }
}
