using SemPLeS.Data;
using static TorchSharp.torch;

namespace SemPLeS.Segmentation;

/// <summary>
/// Cross entropy of every pixel with WeakTr's gradient clipping (Zhu et al., 2023, section 3.3): once the mean loss has fallen below a start value, a pixel
/// whose loss is above both the batch's mean and the mean of its patch counts, and teaches, no more than that; so noisy labels do not.
/// </summary>
/// <param name="StartValue">The plain mean is used while it is above this; 0 never clips.</param>
/// <param name="ClipPatch">Side of a patch in pixels, at least 1: a quarter of the published crop. At right and bottom patches may be smaller.</param>
public sealed record PatchClippedCrossEntropy(double StartValue = 1.2, int ClipPatch = 120)
{
    /// <summary>Side of a patch in pixels.</summary>
    public int ClipPatch { get; } = ClipPatch >= 1 ? ClipPatch : throw new ArgumentOutOfRangeException(nameof(ClipPatch), ClipPatch, "A patch has a side of at least 1.");

    /// <summary>Computes the loss. Pixels of value 255 count as loss 0 in every mean, as published.</summary>
    /// <param name="logits">(B, N, H, W).</param>
    /// <param name="labels">(B, H, W), int64: 0 to N - 1, or 255 to be ignored.</param>
    /// <returns>A scalar of the caller's scope.</returns>
    /// <exception cref="ArgumentException">The shapes do not fit each other.</exception>
    public Tensor Compute(Tensor logits, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(logits);
        ArgumentNullException.ThrowIfNull(labels);
        if (logits.ndim != 4 || !labels.shape.SequenceEqual([logits.shape[0], logits.shape[2], logits.shape[3]]))
            throw new ArgumentException($"Labels of shape [{string.Join(", ", labels.shape)}] do not fit logits of shape [{string.Join(", ", logits.shape)}].", nameof(labels));
        using var scope = NewDisposeScope();
        var losses = nn.functional.cross_entropy(logits, labels, ignore_index: LabelMap.Ignore, reduction: nn.Reduction.None);
        var mean = losses.mean();
        if (mean.detach().cpu().item<float>() > StartValue)
            return mean.MoveToOuterDisposeScope();
        var cap = Cap(losses.detach(), mean.detach());
        return where(losses > cap, cap, losses).mean().MoveToOuterDisposeScope();
    }

    /// <summary>(1, H, W), to be compared with every image of the batch.</summary>
    private Tensor Cap(Tensor losses, Tensor mean)
    {
        var ofPatches = nn.functional.avg_pool2d(losses.mean([0], keepdim: true), ClipPatch, ceil_mode: true).maximum(mean);
        return ofPatches.index_select(1, Patches(losses.shape[1])).index_select(2, Patches(losses.shape[2]));

        Tensor Patches(long side) => tensor(Enumerable.Range(0, (int)side).Select(pixel => (long)pixel / ClipPatch).ToArray()).to(losses.device);
    }
}
