using SemPLeS.Data;
using SemPLeS.Data.Coco;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>
/// The constants of online retraining as WeakTr's published commands have them: Segmenter-S/16 for 100 epochs. Data sets differ in the labels and in the test
/// CRF alone.
/// </summary>
public sealed record PaperRetrainingPreset
{
    private const int Crop = 480;
    private const int ShortSide = 520;
    private const double Floor = 1e-5;

    /// <summary>PASCAL VOC 2012.</summary>
    public static PaperRetrainingPreset Voc12 { get; } = new() { Name = "voc12", Classes = 20, Crf = DenseCrfSettings.VocTest };

    /// <summary>MS COCO 2014, labelled by category identifiers, of which ten are those of no class.</summary>
    public static PaperRetrainingPreset Coco14 { get; } = new()
    {
        Name = "coco14",
        Classes = 90,
        Crf = DenseCrfSettings.CocoTest,
        Hidden = CocoClasses.Gaps,
    };

    /// <summary>The preset's name in records.</summary>
    public required string Name { get; init; }

    /// <summary>Number of classes, background not counted.</summary>
    public required int Classes { get; init; }

    /// <summary>The CRF on the probabilities.</summary>
    public required DenseCrfSettings Crf { get; init; }

    /// <summary>Labels that are never given.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [];

    /// <summary>The learning rate that the polynomial decay starts from.</summary>
    public double Rate { get; init; } = 1e-4;

    /// <summary>Images in a step.</summary>
    public int Batch { get; init; } = 4;

    /// <summary>Passes over the images.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>The network: DeiT-S/16 with a mask transformer of two blocks.</summary>
    public SegmenterSettings Network => new() { Labels = Classes + 1, StochasticDepth = .1 };

    /// <summary>
    /// How pictures are labelled: twelve views. The published commands name the ratios; that they are those of the training's 520 pixels is our reading.
    /// </summary>
    public PredictionSettings Test => new()
    {
        Window = Crop,
        Stride = 320,
        ShortSide = ShortSide,
        Scales = [.5, .75, 1, 1.25, 1.5, 1.75],
        Mirror = true,
        Hidden = Hidden,
    };

    /// <summary>Schedule, augmentation and loss.</summary>
    /// <param name="images">Number of training images.</param>
    /// <param name="seed">Order, augmentation, stochastic depth and dropout.</param>
    /// <exception cref="ArgumentException">The images do not fill a batch.</exception>
    public RetrainingSettings Settings(int images, long seed = 0) => images < Batch
        ? throw new ArgumentException($"{images} images do not fill one batch of {Batch}.", nameof(images))
        : new RetrainingSettings
        {
            Training = new TrainingSettings
            {
                Epochs = Epochs,
                BatchSize = Batch,
                LearningRate = new LearningRatePolynomial(Rate, (long)images / Batch * Epochs) { Floor = Floor },
                Augmentation = new SegmentationAugmentation(Crop, ChannelStatistics.ImageNet, ShortSide),
                Optimizer = new SgdSettings(),
                Seed = seed,
            },
        };
}
