using SemPLeS.Data;
using SemPLeS.Evaluation;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Training;
using SemPLeS.Weights;

namespace SemPLeS.Experiments;

/// <summary>A small generator, ViT-Ti/16, on a few hundred photographs in PASCAL VOC's layout: real pictures on a CPU in minutes.</summary>
public static class PhotographPreset
{
    /// <summary>The preset's name in records.</summary>
    public const string Name = "voc-tiny";

    /// <summary>Epochs unless told otherwise; with 8 the class tokens, equal at the start, have hardly parted.</summary>
    public const int DefaultEpochs = 20;

    private const int Side = 224;
    private const int Patch = 16;
    private const int BatchSize = 16;
    private const double PeakRate = 2e-4;
    private const long CacheBytes = 1L << 30;

    /// <summary>The quick protocol: the photograph squashed to 224 x 224, seen once.</summary>
    public static SeedProtocol Quick { get; } = new(
        "Q",
        "squashed to 224x224, scale 1, no mirror image; best mIoU of the thresholds .05, .06 ... .95",
        new CamSettings { Input = new SquareSize(Side) },
        new BestThreshold(.05, .95, .01));

    /// <summary>The accurate protocol: proportions kept, two scales, each with its mirror image.</summary>
    public static SeedProtocol Accurate { get; } = new(
        "A",
        "short side 224, scales 1 and 1.2, each with its mirror image; best mIoU of the thresholds .05, .06 ... .95",
        new CamSettings { Input = new ShortSide(Side, Patch), Scales = [1, 1.2], Mirror = true },
        new BestThreshold(.05, .95, .01));

    /// <summary>The mask generator.</summary>
    /// <param name="classes">Number of classes, background not counted.</param>
    /// <param name="method">Whose fusion it has.</param>
    public static GeneratorSettings Generator(int classes, GeneratorMethod method = GeneratorMethod.WeakTr) => new GeneratorSettings
    {
        Classes = classes,
        ImageSize = Side,
        PatchSize = Patch,
        Width = 192,
        Depth = 12,
        Heads = 3,
        HiddenWidth = 768,
        HeadReduction = 8,
        FeatureReduction = 8,
        StochasticDepth = .1,
        Statistics = ChannelStatistics.Half,
    }.Under(method);

    /// <summary>Phase 1: crops of 40 % of the area and more, batch 16, warm-up over the first epoch, then a cosine to a hundredth.</summary>
    /// <param name="images">Number of training photographs.</param>
    /// <param name="epochs">At least 1.</param>
    /// <param name="seed">Order, augmentation, stochastic depth.</param>
    /// <exception cref="ArgumentException">The photographs do not fill a batch.</exception>
    public static TrainingSettings Phase1(int images, int epochs, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        if (images < BatchSize)
            throw new ArgumentException($"{images} photographs do not fill one batch of {BatchSize}.", nameof(images));
        var stepsPerEpoch = images / BatchSize;
        return new TrainingSettings
        {
            Epochs = epochs,
            BatchSize = BatchSize,
            LearningRate = new LearningRateCosineByStep(PeakRate, (long)epochs * stepsPerEpoch) { WarmUpSteps = epochs > 1 ? stepsPerEpoch : 0, Floor = PeakRate / 100 },
            Augmentation = new CropAugmentation(Side, ChannelStatistics.Half, SmallestArea: .4),
            Optimizer = new AdamWSettings(WeightDecay: .03, DecayVectors: false),
            Seed = seed,
        };
    }

    /// <summary>The generator that phase 1 starts from: a ViT-Ti's trunk, its class token given to every class, head and fusion new.</summary>
    /// <param name="classes">Number of classes, background not counted.</param>
    /// <param name="weights">A ViT-Ti/16 under timm's names.</param>
    /// <param name="seed">Head and fusion.</param>
    /// <param name="method">Whose fusion the generator has.</param>
    /// <exception cref="InvalidDataException">The weights are of another architecture; the message names file, tensors and shapes.</exception>
    public static WeakTrGenerator Phase1Start(int classes, WeightsFile weights, long seed, GeneratorMethod method = GeneratorMethod.WeakTr) =>
        GeneratorStart.FromTrunk(Generator(classes, method), weights, new RandomStream(seed));

    /// <summary>Phase 1 on photographs, scored by both protocols on the training photographs and by the quick one on others.</summary>
    /// <param name="name">What the photographs are, in records.</param>
    /// <param name="train">Photographs to learn from.</param>
    /// <param name="validation">Photographs that are only scored; null for none.</param>
    /// <param name="weightsPath">A ViT-Ti/16 under timm's names.</param>
    /// <param name="epochs">At least 1.</param>
    /// <param name="seed">Start, order, augmentation, stochastic depth.</param>
    /// <param name="method">What is trained.</param>
    /// <exception cref="ArgumentException">The photographs do not fill a batch.</exception>
    public static Phase1Plan Phase1Plan(
        string name, ILabelledImages train, ILabelledImages? validation, string weightsPath, int epochs = DefaultEpochs, int seed = 0, GeneratorMethod method = GeneratorMethod.WeakTr)
    {
        ArgumentNullException.ThrowIfNull(train);
        var scores = new List<PlannedScore>();
        if (train.HasTruth)
            scores.AddRange([new("train", train, Quick), new("train", train, Accurate)]);
        if (validation is { HasTruth: true })
            scores.Add(new("val", validation, Quick));
        return new Phase1Plan
        {
            Preset = Name,
            World = name,
            Seed = seed,
            Train = new CachedImages(train, CacheBytes),
            Settings = Phase1(train.Count, epochs, seed),
            Start = () =>
            {
                using var file = WeightsFile.Open(weightsPath);
                return Phase1Start(train.ClassCount, file, seed, method);
            },
            Scores = scores,
        };
    }
}
