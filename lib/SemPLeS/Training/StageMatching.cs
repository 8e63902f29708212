using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>
/// Stage a, segment-label matching: the generator learns by L_match, equation (1) of the paper, to cut out what CLIP takes for the label. Head and fusion
/// learn; nothing under them does, and no gradient is computed for CLIP's weights.
/// </summary>
public static class StageMatching
{
    /// <summary>The stage's name in records and files.</summary>
    public const string Name = "stage-a";

    /// <summary>Prepares the stage.</summary>
    /// <param name="generator">The generator of phase 1, on <paramref name="device"/>; it is trained in place.</param>
    /// <param name="clip">CLIP, on the same device.</param>
    /// <param name="images">Pictures and their labels, each with a class at least.</param>
    /// <param name="settings">Schedule, loss and masks.</param>
    /// <param name="device">Where the networks are.</param>
    /// <exception cref="ArgumentException">Numbers of classes or sizes of images differ, a picture has no class, or the images do not fill a batch.</exception>
    public static Stage Prepare(WeakTrGenerator generator, StageClip clip, ILabelledImages images, StageSettings settings, Device device)
    {
        ArgumentNullException.ThrowIfNull(clip);
        clip.Require(generator, images, settings);
        return new Stage(Trainer(Name, generator, clip, null, images, settings, device, clip.Configuration(settings)));
    }

    /// <summary>The training of a generator under fixed prompts, or without any.</summary>
    internal static Trainer Trainer(
        string name,
        WeakTrGenerator generator,
        StageClip clip,
        Tensor? promptFeatures,
        ILabelledImages images,
        StageSettings settings,
        Device device,
        IReadOnlyDictionary<string, string> configuration)
    {
        var learned = new LearnedGroup([.. generator.LearnedParameters(GeneratorForm.Stage)], settings.Training.LearningRate, settings.Training.Optimizer);
        return new Trainer(
            name,
            generator,
            [learned],
            images,
            settings.Training,
            device,
            step =>
            {
                var generated = generator.Forward(step.Images, GeneratorForm.Stage, step.Random);
                return settings.Objectives.Compute(clip.Context(step, settings, generated, promptFeatures));
            },
            configuration)
        {
            Share = BatchShare.Pairs,
        };
    }
}
