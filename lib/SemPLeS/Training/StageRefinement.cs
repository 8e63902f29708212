using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>
/// Stage c, prompt-guided semantic refinement: the generator learns by L_match + lambda L_refine, equation (3) of the paper, under fixed prompts. With
/// lambda 0 it is stage a, bit for bit.
/// </summary>
public static class StageRefinement
{
    /// <summary>The stage's name in records and files.</summary>
    public const string Name = "stage-c";

    /// <summary>Prepares the stage.</summary>
    /// <param name="generator">The generator, on <paramref name="device"/>; it is trained in place.</param>
    /// <param name="clip">CLIP, on the same device.</param>
    /// <param name="prompts">What stage b ended with, on the same device; its features are computed here, once.</param>
    /// <param name="images">Pictures and their labels, each with a class at least.</param>
    /// <param name="settings">Schedule, loss and masks.</param>
    /// <param name="device">Where the networks are.</param>
    /// <exception cref="ArgumentException">
    /// Numbers of classes, sizes of images or the prompts' width differ, a picture has no class, or the images do not fill a batch.
    /// </exception>
    public static Stage Prepare(
        WeakTrGenerator generator, StageClip clip, PromptLearner prompts, ILabelledImages images, StageSettings settings, Device device)
    {
        ArgumentNullException.ThrowIfNull(clip);
        clip.Require(generator, images, settings);
        clip.Require(prompts);
        var features = clip.FixedFeatures(prompts);
        var configuration = clip.Configuration(settings);
        configuration["Prompts"] = Fingerprint.Of(prompts);
        return new Stage(StageMatching.Trainer(Name, generator, clip, features, images, settings, device, configuration), features);
    }
}
