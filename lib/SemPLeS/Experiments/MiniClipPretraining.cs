using SemPLeS.Clip;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Objectives;
using SemPLeS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>Makes the CLIP of a miniature world: as the real one, it learns from pictures and captions alone.</summary>
public static class MiniClipPretraining
{
    /// <summary>The training's name in records.</summary>
    public const string Name = "clip";

    /// <summary>Trains the CLIP of a world, or goes on where an earlier call with the same file stopped.</summary>
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
        using var clip = MiniClipPreset.Start(world).to(device);
        var images = new MiniCaptionedImages(world, MiniClipPreset.Pictures);
        var record = Trainer(clip, images, MiniClipPreset.Training(world), device).Run(
            new TrainingOptions { CheckpointPath = checkpoint, Progress = progress, Time = time ?? TimeProvider.System }, cancellation);
        clip.Save(path, ScalarType.Float16);
        File.Delete(checkpoint);
        return record;
    }

    /// <summary>Prepares the training of a CLIP on captioned pictures.</summary>
    /// <param name="clip">The CLIP, on <paramref name="device"/>; it is trained in place.</param>
    /// <param name="images">The pictures.</param>
    /// <param name="settings">The schedule.</param>
    /// <param name="device">Where the CLIP is.</param>
    /// <exception cref="ArgumentException">The CLIP is of another vocabulary, or the images do not fill a batch.</exception>
    public static Trainer Trainer(ClipModel clip, MiniCaptionedImages images, TrainingSettings settings, Device device)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(images);
        return new Trainer(Name, clip, clip.named_parameters(), images, settings, device, step =>
        {
            var loss = ContrastiveLoss.Compute(
                clip.EncodeImage(step.Images), clip.EncodeText(MiniVocabulary.Tokenizer, MiniWorldClasses.Captions), step.Labels, clip.LogitScale);
            return new ObjectiveValues(loss, [("contrastive", loss.detach())]);
        });
    }
}
