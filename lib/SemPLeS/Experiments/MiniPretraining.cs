using SemPLeS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>
/// Makes the generators that <see cref="MiniPreset.Phase1Start"/> begins with: 12 tags of objects and backgrounds, on scenes that don't link the two, stand in
/// for ImageNet.
/// </summary>
public static class MiniPretraining
{
    /// <summary>The training's name in records.</summary>
    public const string Name = "pretraining";

    /// <summary>Pre-trains the generator of a world, or goes on where an earlier call with the same file stopped.</summary>
    /// <param name="world">The world.</param>
    /// <param name="path">The weights to write, as float16; a checkpoint lies beside them until they are complete.</param>
    /// <param name="device">Where tensors are.</param>
    /// <param name="fresh">Whether to forget the checkpoint of an earlier call.</param>
    /// <param name="progress">Told after each step, on the caller's thread.</param>
    /// <param name="time">The clock for the seconds in the record; null: the system's.</param>
    /// <param name="cancellation">Ends the training; what was trained is saved.</param>
    /// <exception cref="OperationCanceledException">The training was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    /// <exception cref="IOException">A file can't be written.</exception>
    public static TrainingRecord Run(
        int world,
        string path,
        Device device,
        bool fresh = false,
        IProgress<TrainingProgress>? progress = null,
        TimeProvider? time = null,
        CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        OutputFolder.RequireWritable(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var checkpoint = path + ".checkpoint";
        if (fresh)
            File.Delete(checkpoint);
        var images = new MiniPretrainingImages(world, MiniPreset.PretrainingScenes);
        using var generator = MiniPreset.PretrainingStart(world);
        generator.to(device);
        var record = Phase1.Trainer(generator, images, MiniPreset.Pretraining(world), device).Run(
            new TrainingOptions { CheckpointPath = checkpoint, Progress = progress, Time = time ?? TimeProvider.System }, cancellation) with { Name = Name };
        generator.Save(path, dtype: ScalarType.Float16);
        File.Delete(checkpoint);
        return record;
    }
}
