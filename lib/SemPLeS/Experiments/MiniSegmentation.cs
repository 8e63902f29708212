using SemPLeS.Data.MiniWorld;
using SemPLeS.PseudoMasks;

namespace SemPLeS.Experiments;

/// <summary>From a generator to a Segmenter in the miniature world: CRF masks, online retraining, scores.</summary>
public static class MiniSegmentation
{
    /// <summary>Writes a generator's CRF masks, retrains a Segmenter on them and scores both; goes on where an earlier run in the same folder stopped.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="row">The generator's row in tables, which names files too.</param>
    /// <param name="generatorPath">The generator.</param>
    /// <param name="threshold">The background threshold of its seeds, in 0..1.</param>
    /// <param name="options">Folder, device, workers, progress and clock.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    /// <param name="cancellation">Ends the run; what was trained is saved.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds a checkpoint or masks of another configuration.</exception>
    public static SegmentationOutcome FromGenerator(
        int world, int seed, string row, string generatorPath, double threshold, ExperimentOptions options, MiniSize? size = null, CancellationToken cancellation = default) =>
        SegmentationExperiment.FromGenerator(Plan(world, seed, size), row, generatorPath, threshold, options, cancellation);

    /// <summary>Writes CLIP-ES' masks, retrains a Segmenter on what their CRF is sure of and scores both.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="options">Folder, device, workers, progress and clock.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    /// <param name="cancellation">Ends the run; what was trained is saved.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds a checkpoint or masks of another configuration.</exception>
    public static SegmentationOutcome FromClipEs(int world, int seed, ExperimentOptions options, MiniSize? size = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return MiniRivalPreset.ClipEs(world, size).Segment(Plan(world, seed, size), options, cancellation);
    }

    /// <summary>Trains a Segmenter on the true masks and scores it: the upper bound.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="options">Folder, device, workers, progress and clock.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    /// <param name="cancellation">Ends the run; what was trained is saved.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds a checkpoint of another configuration.</exception>
    public static SegmentationOutcome Supervised(int world, int seed, ExperimentOptions options, MiniSize? size = null, CancellationToken cancellation = default) =>
        SegmentationExperiment.Supervised(Plan(world, seed, size), options, cancellation);

    /// <summary>Adds to a run of the whole method the Segmenter that learned its last generator's masks, and the one that learned the true masks.</summary>
    /// <param name="outcome">The run.</param>
    /// <param name="world">Its world.</param>
    /// <param name="options">Folder, device, workers, progress and clock.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    /// <param name="cancellation">Ends the run; what was trained is saved.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds a checkpoint or masks of another configuration.</exception>
    public static SemPLeSOutcome AddTo(SemPLeSOutcome outcome, int world, ExperimentOptions options, MiniSize? size = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var (seed, last) = (outcome.Phase1.Plan.Seed, outcome.Generators[^1]);
        return outcome with
        {
            Segmentation =
            [
                FromGenerator(world, seed, last.Row, last.WeightsPath, last.SeedThreshold, options, size, cancellation),
                Supervised(world, seed, options, size, cancellation),
            ],
        };
    }

    /// <summary>Pictures, CRF and retraining of a world.</summary>
    internal static SegmentationPlan Plan(int world, int seed, MiniSize? size) => new()
    {
        Images = MiniRetrainingPreset.Images(world, size),
        Scored = Scored(world, MiniWorldSet.Train, size),
        Validation = Scored(world, MiniWorldSet.Validation, size),
        Seeds = MiniPreset.Seeds,
        Crf = DenseCrfSettings.Mini,
        Retraining = masks => MiniRetrainingPreset.Plan(world, masks, seed, size: size),
    };

    private static MiniWorldImages Scored(int world, MiniWorldSet set, MiniSize? size) => new(world, set, (size ?? MiniSize.Full).ScoredScenes);
}
