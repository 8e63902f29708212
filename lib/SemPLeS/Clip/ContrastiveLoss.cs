using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>CLIP's own training loss (Radford et al., 2021, figure 3), for batches in which several images share a text.</summary>
public static class ContrastiveLoss
{
    private const double LargestScale = 100;

    /// <summary>
    /// The symmetric cross entropy of scaled cosines: over the batch's texts for each image, and over its images for each text. Equal texts share the
    /// target evenly. The scale is clamped at 100.
    /// </summary>
    /// <param name="images">(B, D) features, not normalised.</param>
    /// <param name="texts">(T, D) features of all texts, not normalised.</param>
    /// <param name="captions">(B, T): 1 for the image's text, else 0.</param>
    /// <param name="logitScale">The scale's logarithm, a scalar.</param>
    /// <returns>A scalar.</returns>
    public static Tensor Compute(Tensor images, Tensor texts, Tensor captions, Tensor logitScale)
    {
        using var scope = NewDisposeScope();
        var scale = logitScale.exp().clamp_max(LargestScale);
        var logits = images.Normalised().matmul(captions.matmul(texts.Normalised()).t()) * scale;
        var same = captions.matmul(captions.t());
        var target = same / same.sum(1, keepdim: true);
        return ((CrossEntropy(logits, target) + CrossEntropy(logits.t(), target)) / 2).MoveToOuterDisposeScope();
    }

    private static Tensor CrossEntropy(Tensor logits, Tensor target) => (target * logits.log_softmax(1)).sum(1).mean().neg();
}
