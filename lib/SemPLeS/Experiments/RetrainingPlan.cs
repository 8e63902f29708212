using SemPLeS.Data;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>An online retraining before it runs: what is trained, from which masks, and how it is scored.</summary>
public sealed record RetrainingPlan
{
    /// <summary>The preset's name.</summary>
    public required string Preset { get; init; }

    /// <summary>What the pictures are: a world's number, or a folder's name.</summary>
    public required string World { get; init; }

    /// <summary>The training's seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Pictures and, as their truth, the masks to learn.</summary>
    public required ILabelledImages Train { get; init; }

    /// <summary>Schedule and loss.</summary>
    public required RetrainingSettings Settings { get; init; }

    /// <summary>Makes the Segmenter that the training starts from.</summary>
    public required Func<Segmenter> Start { get; init; }

    /// <summary>The type in which weights are stored. What is scored is what was stored.</summary>
    public ScalarType Stored { get; init; } = ScalarType.Float32;

    /// <summary>How pictures are labelled.</summary>
    public required PredictionSettings Test { get; init; }

    /// <summary>The CRF on the probabilities; null for none.</summary>
    public DenseCrfSettings? Crf { get; init; }

    /// <summary>
    /// Pictures with truth that are labelled now and then, at one scale without mirror image and CRF, to keep the weights that do best on them; null keeps only
    /// the last. A choice by truth: the last weights are those to report.
    /// </summary>
    public ILabelledImages? Watched { get; init; }

    /// <summary>Epochs from one such look to the next, at least 1.</summary>
    public int WatchEvery { get; init; } = 1;
}
