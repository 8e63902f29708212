using System.Globalization;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Evaluation;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Training;
using SemPLeS.Weights;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>
/// The miniature world's settings: networks of a quarter of a million parameters on drawings of 64 x 64 pixels, so that everything trains in minutes on a
/// CPU. Every world has its own drawings and its own pre-trained generator.
/// </summary>
public static class MiniPreset
{
    /// <summary>The preset's name in records.</summary>
    public const string Name = "mini";

    /// <summary>Worlds whose pre-trained generator comes with the library.</summary>
    public const int ReadyWorlds = 5;

    /// <summary>Scenes that the pre-training sees.</summary>
    public const int PretrainingScenes = 2500;

    /// <summary>Scenes, the first of a set, that seeds are scored on.</summary>
    public const int ScoredScenes = 400;

    /// <summary>The one way of scoring: one scale, no mirror, every threshold of .05, .07 ... .99.</summary>
    public static SeedProtocol Seeds { get; } = new(
        Name,
        "one scale, no mirror image, corners aligned; best mIoU of the thresholds .05, .07 ... .99",
        new CamSettings { AlignCorners = true },
        new BestThreshold(.05, .99, .02));

    /// <summary>The mask generator: patch 8, width 96, 2 blocks of 4 heads.</summary>
    /// <param name="classes">6, or 12 in the pre-training.</param>
    /// <param name="method">Whose fusion it has.</param>
    public static GeneratorSettings Generator(int classes = MiniWorldClasses.Count, GeneratorMethod method = GeneratorMethod.WeakTr) => new GeneratorSettings
    {
        Classes = classes,
        ImageSize = MiniWorldClasses.Side,
        PatchSize = 8,
        Width = 96,
        Depth = 2,
        Heads = 4,
        HiddenWidth = 384,
        HeadReduction = 4,
        FeatureReduction = 8,
    }.Under(method);

    /// <summary>The pre-training that stands in for ImageNet's: 10 epochs, all parameters.</summary>
    public static TrainingSettings Pretraining(int world) => Training(PretrainingScenes, 10, 1e-3, Seed(world, 0, MiniTrainingPart.Pretraining));

    /// <summary>Phase 1: all parameters.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed; worlds are compared at the same one.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    public static TrainingSettings Phase1(int world, int seed, MiniSize? size = null) =>
        Training((size ?? MiniSize.Full).TrainingScenes, (size ?? MiniSize.Full).Phase1Epochs, 5e-4, Seed(world, seed, MiniTrainingPart.Phase1));

    /// <summary>The generator that the pre-training starts from.</summary>
    public static WeakTrGenerator PretrainingStart(int world) =>
        GeneratorStart.Miniature(Generator(2 * MiniWorldClasses.Count), new RandomStream(Seed(world, 0, MiniTrainingPart.Pretraining)));

    /// <summary>The generator that phase 1 starts from: the pre-trained trunk; class tokens are the mean of the 12 and noise, head and fusion new.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="pretrained">The pre-trained generator.</param>
    /// <param name="method">Whose fusion the generator has.</param>
    /// <exception cref="InvalidDataException">The file is not a pre-trained miniature generator.</exception>
    public static WeakTrGenerator Phase1Start(int world, int seed, WeightsFile pretrained, GeneratorMethod method = GeneratorMethod.WeakTr) =>
        GeneratorStart.FromTrunk(Generator(method: method), pretrained, new RandomStream(Seed(world, seed, MiniTrainingPart.Phase1)), tokenDeviation: .02);

    /// <summary>Phase 1 of a world, scored on the first scenes of its training and validation sets.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="pretrainedPath">Null: the pre-trained generator that comes with the library.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    /// <param name="method">What is trained; all methods on one schedule.</param>
    /// <exception cref="FileNotFoundException">There is no pre-trained generator of this world.</exception>
    public static Phase1Plan Phase1Plan(int world, int seed = 0, string? pretrainedPath = null, MiniSize? size = null, GeneratorMethod method = GeneratorMethod.WeakTr)
    {
        var path = pretrainedPath ?? PretrainedPath(world);
        size ??= MiniSize.Full;
        return new Phase1Plan
        {
            Preset = size.Name,
            World = world.ToString(CultureInfo.InvariantCulture),
            Seed = seed,
            Train = new MiniWorldImages(world, MiniWorldSet.Train, size.TrainingScenes),
            Settings = Phase1(world, seed, size),
            Start = () =>
            {
                using var file = WeightsFile.Open(path);
                return Phase1Start(world, seed, file, method);
            },
            Stored = ScalarType.Float16,
            Scores = Scores(world, size),
        };
    }

    /// <summary>The first scenes of a world's training and validation sets, whose seeds are scored.</summary>
    internal static IReadOnlyList<PlannedScore> Scores(int world, MiniSize? size) =>
    [
        new("train", new MiniWorldImages(world, MiniWorldSet.Train, (size ?? MiniSize.Full).ScoredScenes), Seeds),
        new("val", new MiniWorldImages(world, MiniWorldSet.Validation, (size ?? MiniSize.Full).ScoredScenes), Seeds),
    ];

    /// <summary>Where the pre-trained generator of a world lies.</summary>
    /// <exception cref="FileNotFoundException">None comes with the library for this world.</exception>
    public static string PretrainedPath(int world)
    {
        var path = ShippedFiles.PathOf("weights", $"mini-{world}-pretrained.safetensors");
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"There is no pre-trained generator of world {world} at {path}: make it with `semples mini pretrain-generator --world {world} --output {path}`.", path);
    }

    private static TrainingSettings Training(int scenes, int epochs, double rate, long seed)
    {
        const int batch = 16;
        var steps = scenes / batch * epochs;
        return new TrainingSettings
        {
            Epochs = epochs,
            BatchSize = batch,
            LearningRate = new LearningRateCosineByStep(rate, steps) { WarmUpSteps = (int)(.05 * steps) },
            Augmentation = new MirrorAugmentation(MiniWorldClasses.Side, ChannelStatistics.ImageNet),
            Optimizer = new AdamWSettings(WeightDecay: .03, DecayVectors: false),
            Seed = seed,
        };
    }

    /// <summary>What start, order and augmentation of a training follow from.</summary>
    internal static long Seed(int world, int seed, MiniTrainingPart part) => 10000L * world + 100L * seed + (long)part;
}
