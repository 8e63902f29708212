using SemPLeS.Data;
using SemPLeS.Evaluation;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using TorchSharp;

namespace SemPLeS.Experiments;

/// <summary>CRF masks of a generator, a Segmenter retrained on them, and the scores of both.</summary>
public static class SegmentationExperiment
{
    /// <summary>Writes a generator's CRF masks, retrains a Segmenter on them and scores both; goes on where an earlier run in the same folder stopped.</summary>
    /// <param name="plan">Pictures, CRF and retraining.</param>
    /// <param name="row">The generator's row in tables, which names files too.</param>
    /// <param name="generatorPath">The generator.</param>
    /// <param name="threshold">The background threshold of its seeds, in 0..1.</param>
    /// <param name="options">Folder, device, workers, progress and clock.</param>
    /// <param name="cancellation">Ends the run; what was trained is saved.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds a checkpoint or masks of another configuration.</exception>
    public static SegmentationOutcome FromGenerator(
        SegmentationPlan plan, string row, string generatorPath, double threshold, ExperimentOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        using var generator = WeakTrGenerator.Load(generatorPath).to(options.Device);
        return FromCams(plan, row, new CamExtractor(generator, plan.Seeds.Cams, options.Device), threshold, soft: null, options, cancellation);
    }

    /// <summary>The same with CAMs of any origin.</summary>
    /// <param name="plan">Pictures, CRF and retraining.</param>
    /// <param name="row">The row in tables, which names files too.</param>
    /// <param name="cams">Makes the CAMs.</param>
    /// <param name="threshold">The background threshold of the seeds, in 0..1.</param>
    /// <param name="soft">Null: the CRF refines hard labels. Else it refines the CAMs, and the Segmenter learns what it is sure of.</param>
    /// <param name="options">Folder, device, workers, progress and clock.</param>
    /// <param name="cancellation">Ends the run; what was trained is saved.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds a checkpoint or masks of another configuration.</exception>
    public static SegmentationOutcome FromCams(
        SegmentationPlan plan, string row, ICamExtractor cams, double threshold, SoftMasks? soft, ExperimentOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(row);
        ArgumentNullException.ThrowIfNull(options);
        var written = options with { Folder = Path.Combine(options.Folder, row + "-masks") };
        var masks = new MaskPlan
        {
            Cams = cams,
            Seeds = new PlannedScore("train", plan.Images, plan.Seeds with { Rule = new FixedThreshold(threshold) }),
            Crf = plan.Crf,
            Soft = soft,
        };
        MaskFiles.Write(masks, written, options.Labelling, cancellation);
        var scores = LabelFolders.Score(Path.Combine(written.Folder, MaskFiles.MaskFolder), plan.Scored, cancellation);
        var learned = Path.Combine(written.Folder, soft is null ? MaskFiles.MaskFolder : MaskFiles.ConfidentFolder);
        return Run(plan, MaskFolderImages.Open(plan.Images, learned), row, scores, options, cancellation);
    }

    /// <summary>Trains a Segmenter on the true masks and scores it: the upper bound.</summary>
    /// <param name="plan">Pictures and retraining.</param>
    /// <param name="options">Folder, device, workers, progress and clock.</param>
    /// <param name="cancellation">Ends the run; what was trained is saved.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds a checkpoint of another configuration.</exception>
    public static SegmentationOutcome Supervised(SegmentationPlan plan, ExperimentOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return Run(plan, plan.Images, SegmentationOutcome.Supervised, null, options, cancellation);
    }

    private static SegmentationOutcome Run(
        SegmentationPlan plan, ILabelledImages train, string row, SegmentationScores? masks, ExperimentOptions options, CancellationToken cancellation)
    {
        var retraining = plan.Retraining(train);
        var outcome = RetrainingExperiment.Train(retraining, options with { Folder = Path.Combine(options.Folder, row + "-" + OnlineRetraining.Name) }, cancellation);
        using var segmenter = Segmenter.Load(outcome.WeightsPath).to(options.Device);
        return new SegmentationOutcome(row, outcome, masks, Label("train", plan.Scored), Label("val", plan.Validation));

        SegmenterScore Label(string split, ILabelledImages images) =>
            RetrainingExperiment.Label(segmenter, retraining.Test, retraining.Crf, split, images, null, options, cancellation);
    }
}
