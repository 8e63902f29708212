using SemPLeS.Data;
using SemPLeS.Segmentation;
using SemPLeS.Tests.Training;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Segmentation;

/// <summary>A retraining of a few milliseconds: 3 epochs of 2 steps, stochastic depth, dropout, every augmentation, and clipping from the first step.</summary>
internal static class SmallRetraining
{
    public const int Steps = 6;

    public static SegmenterSettings Network { get; } = new()
    {
        Labels = 4,
        ImageSize = 16,
        PatchSize = 4,
        Width = 8,
        Depth = 2,
        Heads = 2,
        HiddenWidth = 16,
        StochasticDepth = .3,
        Dropout = .1,
    };

    public static RetrainingSettings Settings { get; } = new()
    {
        Training = new TrainingSettings
        {
            Epochs = 3,
            BatchSize = 4,
            LearningRate = new LearningRatePolynomial(.05, Steps) { Floor = 1e-5 },
            Augmentation = new SegmentationAugmentation(16, ChannelStatistics.ImageNet, 16),
            Optimizer = new SgdSettings(),
            Seed = 1,
        },
        Loss = new PatchClippedCrossEntropy(StartValue: 100, ClipPatch: 4),
    };

    public static ILabelledImages Images { get; } = new SquareImages(9);

    public static Segmenter Segmenter(long seed = 0) => SegmenterStart.Random(Network, new RandomStream(seed));

    public static Trainer Trainer(Segmenter segmenter, RetrainingSettings? settings = null, ILabelledImages? images = null) =>
        OnlineRetraining.Trainer(segmenter, images ?? Images, settings ?? Settings, CPU);
}
