using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Training;

/// <summary>A training of a few milliseconds: 3 epochs of 2 steps, a generator of 2,000 weights, stochastic depth and crops.</summary>
internal static class SmallTraining
{
    public const int Steps = 6;

    public static GeneratorSettings Network { get; } = new()
    {
        Classes = 3,
        ImageSize = 16,
        PatchSize = 4,
        Width = 8,
        Depth = 2,
        Heads = 2,
        HiddenWidth = 16,
        HeadReduction = 2,
        FeatureReduction = 2,
        StochasticDepth = .3,
    };

    public static TrainingSettings Settings { get; } = new()
    {
        Epochs = 3,
        BatchSize = 4,
        LearningRate = new LearningRateCosineByStep(.01, Steps) { WarmUpSteps = 1 },
        Augmentation = new CropAugmentation(16, ChannelStatistics.ImageNet, SmallestArea: .5),
        Seed = 1,
    };

    public static ILabelledImages Images { get; } = new SquareImages(9);

    public static WeakTrGenerator Generator(long seed = 0) => GeneratorStart.Random(Network, new RandomStream(seed));

    public static Trainer Trainer(WeakTrGenerator generator, TrainingSettings? settings = null, ILabelledImages? images = null) =>
        Phase1.Trainer(generator, images ?? Images, settings ?? Settings, CPU);

    /// <summary>Options under which equal trainings write equal files.</summary>
    public static TrainingOptions Options(string? path, Action<TrainingProgress>? progress = null, int? every = null) => new()
    {
        CheckpointPath = path,
        CheckpointEverySteps = every,
        Progress = progress is null ? null : new ProgressCallback(progress),
        Time = new StoppedClock(),
    };

    public static byte[] Weights(nn.Module module)
    {
        using var bytes = new MemoryStream();
        foreach (var (_, tensor) in module.state_dict().OrderBy(item => item.Key, StringComparer.Ordinal))
            bytes.Write(tensor.bytes);
        return bytes.ToArray();
    }

    private sealed class ProgressCallback(Action<TrainingProgress> callback) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => callback(value);
    }

    private sealed class StoppedClock : TimeProvider
    {
        public override long GetTimestamp() => 0;
    }
}
