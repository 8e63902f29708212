using SemPLeS.Clip;
using static TorchSharp.torch;

namespace SemPLeS.TrainingFree;

/// <summary>
/// Grad-CAM of a frozen CLIP whose class scores compete in a softmax with each other and with backgrounds (CLIP-ES; Lin et al., CVPR 2023): what raises a class
/// above the others, not what merely fits it.
/// </summary>
/// <param name="Maps">(C, rows, columns) in 0..1: a map for each class of the picture, between its own minimum and maximum.</param>
/// <param name="Attention">(1 + P, 1 + P) for each block, mean over the heads, rows attend to columns; the class token is the first.</param>
public sealed record SoftmaxGradCam(Tensor Maps, IReadOnlyList<Tensor> Attention)
{
    // What the method's public code adds to a maximum.
    private const double Epsilon = 1e-7;

    /// <summary>Computes the maps of one picture; its tensors belong to the caller's scope.</summary>
    /// <param name="clip">CLIP, frozen.</param>
    /// <param name="image">(1, 3, H, W), normalised, in whole patches.</param>
    /// <param name="texts">(C + M, D): features of the texts of the picture's classes, then of backgrounds; normalised or not.</param>
    /// <param name="classes">C, at least 1.</param>
    /// <exception cref="ArgumentException">Image or texts have another shape.</exception>
    public static SoftmaxGradCam Of(ClipModel clip, Tensor image, Tensor texts, int classes)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(texts);
        if (image.shape is not [1, ..])
            throw new ArgumentException($"An image of shape [{string.Join(", ", image.shape)}] is not (1, 3, H, W).", nameof(image));
        if (texts.shape is not [var count, var width] || width != clip.Settings.EmbeddingSize || classes < 1 || classes > count)
            throw new ArgumentException($"Text features of shape [{string.Join(", ", texts.shape)}] are not ({classes} or more, {clip.Settings.EmbeddingSize}).", nameof(texts));
        using var scope = NewDisposeScope();
        ClipTrace trace;
        using (no_grad())
            trace = clip.TraceImage(image);

        // The picture once for each class: one backward pass gives the gradients of all scores, each with respect to its own copy.
        var leaf = trace.Normalised.detach().expand(classes, -1, -1).clone().requires_grad_();
        Tensor attention;
        using (enable_grad())
        {
            (var feature, attention) = clip.FinishTrace(trace.Tokens.expand(classes, -1, -1).contiguous(), leaf);
            var cosines = feature.Normalised().matmul(texts.Normalised().t());
            var scores = (cosines * clip.LogitScale.exp()).softmax(1);
            scores.narrow(1, 0, classes).diag().sum().backward();
        }

        var patches = leaf.shape[1] - 1;
        var weights = leaf.grad!.narrow(1, 1, patches).mean([1], keepdim: true);
        var maps = (leaf.detach().narrow(1, 1, patches) * weights).sum(2).relu();
        var normalised = MinMax(maps).view(classes, trace.Rows, trace.Columns);
        Tensor[] all = [.. trace.Attention.Select(map => map.squeeze(0)), attention.detach()[0]];
        return new SoftmaxGradCam(normalised.MoveToOuterDisposeScope(), [.. all.Select(map => map.MoveToOuterDisposeScope())]);
    }

    /// <summary>(C, P) between each row's minimum, 0, and maximum, 1.</summary>
    internal static Tensor MinMax(Tensor maps)
    {
        var lowered = maps - maps.amin([1], keepdim: true);
        return lowered / (lowered.amax([1], keepdim: true) + Epsilon);
    }
}
