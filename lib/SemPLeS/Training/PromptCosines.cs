using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>
/// What prompts have learned (the paper's section 4.3): L^T alone pushes them away from the object and ends with something trivial, L^I alone draws them to
/// the background, where the object's name is near.
/// </summary>
/// <param name="ToLabel">Mean over the classes of cos(u_b, u_f), the prompt with its class's label text, in -1..1.</param>
/// <param name="ToBackground">Mean over the pairs of cos(u_b, v_b), the prompt with the backgrounds of its class, in -1..1.</param>
public sealed record PromptCosines(double ToLabel, double ToBackground)
{
    /// <summary>Measures prompts on every picture; nothing learns from it.</summary>
    /// <param name="prompts">The prompts, on <paramref name="device"/>.</param>
    /// <param name="generator">The generator that finds the backgrounds, on the same device; it is in evaluation mode afterwards.</param>
    /// <param name="clip">CLIP, on the same device.</param>
    /// <param name="images">Pictures and their labels, each with a class at least.</param>
    /// <param name="settings">Stage b: its masks, its batch size and the size of its pictures.</param>
    /// <param name="device">Where the networks are.</param>
    /// <exception cref="ArgumentException">Numbers of classes, sizes of images or the prompts' width differ, or a picture has no class.</exception>
    public static PromptCosines Measure(
        PromptLearner prompts, WeakTrGenerator generator, StageClip clip, ILabelledImages images, StageSettings settings, Device device)
    {
        ArgumentNullException.ThrowIfNull(clip);
        clip.Require(prompts);
        ArgumentNullException.ThrowIfNull(generator);
        generator.eval();
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var texts = prompts.Encode(clip.Model).Normalised();
        var toLabel = (texts * clip.LabelFeatures.Normalised()).sum(1).mean();
        var toBackground = StageSimilarities.Measure(generator, clip, prompts, images, settings, device, PairSimilarity.BackgroundPrompt)[0];
        return new PromptCosines(toLabel.cpu().item<float>(), toBackground);
    }
}
