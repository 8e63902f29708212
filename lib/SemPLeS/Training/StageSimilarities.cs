using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>What CLIP thinks of the masks of a trained generator: the similarities of the losses, outside training.</summary>
public static class StageSimilarities
{
    private const int Batch = 50;

    /// <summary>Measures the mean of each similarity over all pairs; nothing learns from it, and nothing is augmented.</summary>
    /// <param name="generator">The generator, in evaluation mode, on <paramref name="device"/>.</param>
    /// <param name="clip">CLIP, on the same device.</param>
    /// <param name="prompts">The prompts, on the same device; null where none of their similarities is asked for.</param>
    /// <param name="images">Pictures of the size that this CLIP sees, each with a class.</param>
    /// <param name="settings">The stage's settings, of which the augmentation's size and statistics and the masks' epsilon are used.</param>
    /// <param name="device">Where the networks are.</param>
    /// <param name="which">The similarities.</param>
    /// <returns>A value in -1..1 for each of <paramref name="which"/>.</returns>
    /// <exception cref="ArgumentException">Generator, CLIP and pictures don't fit each other, or a picture has no class.</exception>
    public static IReadOnlyList<double> Measure(
        WeakTrGenerator generator, StageClip clip, PromptLearner? prompts, ILabelledImages images, StageSettings settings, Device device, params IReadOnlyList<PairSimilarity> which)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(which);
        clip.Require(generator, images, settings);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var promptFeatures = prompts?.Encode(clip.Model);
        var objectives = which.Select(similarity => new SimilarityObjective(similarity)).ToArray();
        var (sums, pairs) = (new double[which.Count], 0L);
        for (var first = 0; first < images.Count; first += Batch)
        {
            using var step = NewDisposeScope();
            var context = clip.PlainContext(generator, images, settings, device, first, Math.Min(Batch, images.Count - first), step, promptFeatures);
            var count = context.Pairs.shape[0];
            for (var i = 0; i < sums.Length; i++)
                sums[i] += count * (double)objectives[i].Compute(context).item<float>();
            pairs += count;
        }

        return [.. sums.Select(sum => sum / pairs)];
    }
}
