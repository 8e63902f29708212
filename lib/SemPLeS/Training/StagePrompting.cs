using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>
/// Stage b, contrastive prompt learning: the prompts learn by L_prompt, equation (2) of the paper, to describe what the fixed generator takes for
/// background. Without augmentation its features are the same in every epoch and computed once.
/// </summary>
public static class StagePrompting
{
    /// <summary>The stage's name in records and files.</summary>
    public const string Name = "stage-b";

    /// <summary>Prepares the stage.</summary>
    /// <param name="prompts">The prompts, on <paramref name="device"/>; they are trained in place.</param>
    /// <param name="generator">The generator of stage a, on the same device; it is not changed, and in evaluation mode afterwards.</param>
    /// <param name="clip">CLIP, on the same device.</param>
    /// <param name="images">Pictures and their labels, each with a class at least.</param>
    /// <param name="settings">Schedule, loss and masks.</param>
    /// <param name="device">Where the networks are.</param>
    /// <exception cref="ArgumentException">
    /// Numbers of classes, sizes of images or the prompts' width differ, a picture has no class, or the images do not fill a batch.
    /// </exception>
    public static Stage Prepare(
        PromptLearner prompts, WeakTrGenerator generator, StageClip clip, ILabelledImages images, StageSettings settings, Device device)
    {
        ArgumentNullException.ThrowIfNull(clip);
        clip.Require(generator, images, settings);
        clip.Require(prompts);
        generator.eval();
        var backgrounds = settings.Training.Augmentation is PlainInput ? new StageBackgrounds(generator, clip, images, settings, device) : null;
        var configuration = clip.Configuration(settings);
        configuration["Generator"] = Fingerprint.Of(generator);
        var trainer = new Trainer(
            Name, prompts, [Learned(prompts, settings.Training)], images, settings.Training, device, step => settings.Objectives.Compute(Context(step)), configuration)
        {
            Share = BatchShare.Pairs,
        };
        return backgrounds is null ? new Stage(trainer) : new Stage(trainer, backgrounds);

        ObjectiveContext Context(TrainingStep step) => new()
        {
            Labels = step.Labels,
            Images = step.Images,
            Step = step.Step,
            Scope = step.Scope,
            Generate = () => generator.Forward(step.Images, GeneratorForm.Stage),
            FrozenImages = true,
            MaskEpsilon = settings.MaskEpsilon,
            EncodeImages = clip.Model.EncodeImage,
            LabelFeatures = clip.LabelFeatures,
            PromptFeatures = prompts.Encode(clip.Model),
            BackgroundFeatures = backgrounds?.Of(step.Indices)!,
        };
    }

    /// <summary>The prompts as a group of learned parameters.</summary>
    internal static LearnedGroup Learned(PromptLearner prompts, TrainingSettings settings) => new([.. prompts.named_parameters()], settings.LearningRate, settings.Optimizer);
}
