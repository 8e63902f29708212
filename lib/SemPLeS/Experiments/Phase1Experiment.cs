using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Training;
using TorchSharp;

namespace SemPLeS.Experiments;

/// <summary>Trains phase 1 and scores its seeds.</summary>
public static class Phase1Experiment
{
    /// <summary>Runs a plan; goes on where an earlier run of the same plan in the same folder stopped.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled; what was trained is saved.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the folder holds a checkpoint of another configuration.</exception>
    public static Phase1Outcome Run(Phase1Plan plan, ExperimentOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(options);
        var weights = Path.Combine(options.Folder, $"{Phase1.Name}.safetensors");
        var record = Train(plan, weights, options, cancellation);
        using var trained = WeakTrGenerator.Load(weights).to(options.Device);
        return new Phase1Outcome(plan, weights, record, [.. plan.Scores.Select(score => Score(trained, score, options, cancellation))]);
    }

    /// <summary>Trains a plan's generator, unless it is trained, without scoring it; goes on where an earlier training of the same plan for the same file stopped.</summary>
    /// <param name="plan">What is trained.</param>
    /// <param name="weightsPath">The weights file to write; its checkpoint is <see cref="CheckpointPath"/>.</param>
    /// <param name="options">All but folder and workers.</param>
    /// <param name="cancellation">Ends the training.</param>
    /// <exception cref="OperationCanceledException">The training was cancelled; what was trained is saved.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">A file is damaged, or the checkpoint is of another configuration.</exception>
    public static TrainingRecord Train(Phase1Plan plan, string weightsPath, ExperimentOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentException.ThrowIfNullOrEmpty(weightsPath);
        ArgumentNullException.ThrowIfNull(options);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(weightsPath))!);
        var checkpoint = CheckpointPath(weightsPath);
        if (options.Fresh)
            File.Delete(checkpoint);
        using var generator = plan.Start();
        if (plan.IsTrained)
        {
            generator.Save(weightsPath, dtype: plan.Stored);
            return new TrainingRecord(Phase1.Name, Steps: 0, ResumedFrom: 0, Epochs: [], Seconds: 0);
        }

        generator.to(options.Device);
        var record = Phase1.Trainer(generator, plan.Train, plan.Settings, options.Device).Run(
            new TrainingOptions { CheckpointPath = checkpoint, Progress = options.Training, Time = options.Time, MicroBatch = options.MicroBatch }, cancellation);
        generator.Save(weightsPath, dtype: plan.Stored);
        return record;
    }

    /// <summary>Where the training for a weights file keeps its checkpoint: beside it, with .checkpoint before the extension.</summary>
    public static string CheckpointPath(string weightsPath) => Path.ChangeExtension(weightsPath, ".checkpoint" + Path.GetExtension(weightsPath));

    /// <summary>Measures one score of a trained generator.</summary>
    /// <param name="generator">The generator, on the options' device.</param>
    /// <param name="score">What is measured.</param>
    /// <param name="options">Device, workers, progress and clock.</param>
    /// <param name="cancellation">Ends the work.</param>
    public static MeasuredScore Score(WeakTrGenerator generator, PlannedScore score, ExperimentOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(options);
        var start = options.Time.GetTimestamp();
        var extractor = new CamExtractor(generator, score.Protocol.Cams, options.Device);
        var evaluation = SeedEvaluation.Run(
            extractor, score.Images, score.Protocol.Rule, options.Workers, done => options.Scoring?.Invoke(score, done, score.Images.Count), cancellation);
        return new MeasuredScore(score.Split, score.Protocol, evaluation, options.Time.GetElapsedTime(start).TotalSeconds);
    }
}
