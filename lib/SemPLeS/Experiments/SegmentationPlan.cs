using SemPLeS.Data;
using SemPLeS.Experiments.Prices;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;

namespace SemPLeS.Experiments;

/// <summary>From a generator to a Segmenter before it runs: which masks are made, what learns them, and where both are scored.</summary>
public sealed record SegmentationPlan
{
    /// <summary>Pictures that masks are made of and a Segmenter learns, with their true masks.</summary>
    public required ILabelledImages Images { get; init; }

    /// <summary>Training pictures whose masks are scored; some or all of <see cref="Images"/>.</summary>
    public required ILabelledImages Scored { get; init; }

    /// <summary>Pictures that nothing learns from.</summary>
    public required ILabelledImages Validation { get; init; }

    /// <summary>How CAMs are made; the threshold is given with the generator.</summary>
    public required SeedProtocol Seeds { get; init; }

    /// <summary>The CRF that turns seeds into masks.</summary>
    public required DenseCrfSettings Crf { get; init; }

    /// <summary>Plans the retraining on the pictures with the masks to learn as their truth.</summary>
    public required Func<ILabelledImages, RetrainingPlan> Retraining { get; init; }

    /// <summary>What masks, the Segmenter that learns them, and its scores are expected to cost.</summary>
    /// <param name="network">The Segmenter.</param>
    /// <param name="cams">What CAMs of pictures cost; null where true masks are learned.</param>
    internal RunPrice Price(SegmenterSettings network, Func<ILabelledImages, RunPrice>? cams)
    {
        var retraining = Retraining(Images);
        ILabelledImages[] labelled = [Scored, Validation];
        return RunPrice.Sum(
        [
            .. cams is null ? Array.Empty<RunPrice>() : [cams(Images), PriceEstimate.Crf(Images)],
            PriceEstimate.Retraining(network, Images, retraining.Settings.Training),
            .. labelled.Select(images => PriceEstimate.Labels(network, images, retraining.Test)),
            .. retraining.Crf is null ? [] : labelled.Select(PriceEstimate.Crf),
        ]);
    }
}
