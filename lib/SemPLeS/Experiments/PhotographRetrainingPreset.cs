using SemPLeS.Data;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using SemPLeS.Training;
using SemPLeS.Weights;

namespace SemPLeS.Experiments;

/// <summary>
/// Online retraining of a small Segmenter, ViT-Ti/16, on a few hundred photographs: the published settings with everything that is measured in pixels in
/// proportion to a crop of 224, and a rate and batch of our own; the loss is the plain cross entropy, since gradient clipping would begin before an object is learned.
/// </summary>
public static class PhotographRetrainingPreset
{
    /// <summary>Epochs unless told otherwise.</summary>
    public const int DefaultEpochs = 60;

    /// <summary>Rows and columns of the crop and of the window.</summary>
    public const int Crop = 224;

    private const int ShortSide = 243;
    private const int Batch = 8;
    private const double Rate = 1e-2;
    private const double Floor = 1e-5;

    // The published start value, 1.2, supposes a slow rate and many classes to tell apart first: here nine pixels of ten are background, the mean falls below 1.2
    // within thirty steps, and the cap would silence the objects before one is learned (val at six epochs: 8.8 with it, 21.5 without).
    private const double NeverClipped = 0;
    private const int LooksInAll = 10;
    private const long CacheBytes = 1L << 30;

    /// <summary>How pictures are labelled.</summary>
    public static PredictionSettings Test { get; } = new()
    {
        Window = Crop,
        Stride = 149,
        ShortSide = ShortSide,
        Scales = [.5, .75, 1, 1.25, 1.5, 1.75],
        Mirror = true,
    };

    /// <summary>The network.</summary>
    /// <param name="classes">Number of classes, background not counted.</param>
    public static SegmenterSettings Network(int classes) => new()
    {
        Labels = classes + 1,
        ImageSize = Crop,
        Width = 192,
        Heads = 3,
        HiddenWidth = 768,
        StochasticDepth = .1,
        Statistics = ChannelStatistics.Half,
    };

    /// <summary>Schedule, augmentation and loss.</summary>
    /// <param name="images">Number of training photographs.</param>
    /// <param name="epochs">At least 1.</param>
    /// <param name="seed">Order, augmentation, stochastic depth and dropout.</param>
    /// <exception cref="ArgumentException">The photographs do not fill a batch.</exception>
    public static RetrainingSettings Settings(int images, int epochs, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        if (images < Batch)
            throw new ArgumentException($"{images} photographs do not fill one batch of {Batch}.", nameof(images));
        return new RetrainingSettings
        {
            Training = new TrainingSettings
            {
                Epochs = epochs,
                BatchSize = Batch,
                LearningRate = new LearningRatePolynomial(Rate, (long)images / Batch * epochs) { Floor = Floor },
                Augmentation = new SegmentationAugmentation(Crop, ChannelStatistics.Half, ShortSide),
                Optimizer = new SgdSettings(),
                Seed = seed,
            },
            Loss = new PatchClippedCrossEntropy(StartValue: NeverClipped, ClipPatch: Crop / 4),
        };
    }

    /// <summary>The retraining of photographs.</summary>
    /// <param name="name">What the photographs are, in records.</param>
    /// <param name="train">Photographs and, as their truth, the masks to learn.</param>
    /// <param name="watched">Photographs with truth, to keep the best weights by; null for none.</param>
    /// <param name="weightsPath">A ViT-Ti/16 under timm's names.</param>
    /// <param name="epochs">At least 1.</param>
    /// <param name="seed">Start, order, augmentation, stochastic depth and dropout.</param>
    /// <exception cref="ArgumentException">The photographs do not fill a batch.</exception>
    public static RetrainingPlan Plan(string name, ILabelledImages train, ILabelledImages? watched, string weightsPath, int epochs = DefaultEpochs, int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(train);
        return new RetrainingPlan
        {
            Preset = PhotographPreset.Name,
            World = name,
            Seed = seed,
            Train = train,
            Settings = Settings(train.Count, epochs, seed),
            Start = () =>
            {
                using var file = WeightsFile.Open(weightsPath);
                return SegmenterStart.FromTrunk(Network(train.ClassCount), file, new RandomStream(seed));
            },
            Test = Test,
            Crf = DenseCrfSettings.VocTest,
            Watched = watched,
            WatchEvery = Math.Max(1, epochs / LooksInAll),
        };
    }

    /// <summary>Keeps photographs in memory, as many as fit.</summary>
    public static ILabelledImages Cached(ILabelledImages photographs) => new CachedImages(photographs, CacheBytes);
}
