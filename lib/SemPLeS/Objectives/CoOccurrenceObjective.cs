using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>
/// CLIMS' co-occurring background suppression (Xie et al., CVPR 2022, as its public code has it): the sum over pairs and background texts of
/// -log(1 - cos(v_f, t)) where the cosine is above a threshold. It is a sum, so that it grows with the batch; <paramref name="ReferenceBatch"/> takes that back.
/// </summary>
/// <param name="Threshold">Cosines of no more than this are left alone, in [-1, 1): .26 on VOC, .285 on COCO. Which are, passes no gradient.</param>
/// <param name="ReferenceBatch">Images of the batch whose strength it is to have, at least 1: 16 as published; null: a plain sum.</param>
public sealed record CoOccurrenceObjective(double Threshold, int? ReferenceBatch = null) : IObjective
{
    /// <summary>Cosines of no more than this are left alone.</summary>
    public double Threshold { get; } = Threshold is >= -1 and < 1 ? Threshold : throw new ArgumentOutOfRangeException(nameof(Threshold), Threshold, "A threshold of cosines is in [-1, 1).");

    /// <summary>Images of the batch whose strength it is to have.</summary>
    public int? ReferenceBatch { get; } = ReferenceBatch is null or >= 1 ? ReferenceBatch : throw new ArgumentOutOfRangeException(nameof(ReferenceBatch), ReferenceBatch, "A batch has at least 1 image.");

    /// <inheritdoc/>
    public string Name => "suppress backgrounds";

    /// <inheritdoc/>
    public PairImages Encodes => PairImages.Foreground;

    /// <inheritdoc/>
    public Tensor Compute(ObjectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var cosines = Similarity.Matrix(context.ForegroundFeatures, context.BackgroundTextFeatures);
        var counted = cosines.detach().gt(Threshold).to(cosines.dtype);
        var sum = ((1 - cosines.clamp_max(Similarity.Most)).log() * counted).sum().neg();
        // Parts of a batch are weighed by their pairs, as means are: a sum must have that taken back.
        var (images, pairs) = context.Batch;
        return (sum * ((double)pairs / context.Pairs.shape[0] * (ReferenceBatch ?? images) / images)).MoveToOuterDisposeScope();
    }
}
