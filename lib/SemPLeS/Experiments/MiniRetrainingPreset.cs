using System.Globalization;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using SemPLeS.Training;
using SemPLeS.Weights;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>
/// Online retraining in the miniature world: a Segmenter as small as its mask generator, started from the same pre-trained trunk. All of it is our choice,
/// and so is to leave out the clipping of gradients: most pixels are background, so the mean loss is low, and objects above its cap, before anything is
/// learned of them. On world 0, from 400 masks of 31 % mIoU, it made the retrained masks worse the earlier it began: 36.1 % without, 34.7 below a loss of
/// .6, 33.3 below .8.
/// </summary>
public static class MiniRetrainingPreset
{
    private const int Batch = 16;
    private const double Rate = .02;
    private const double EncoderRate = 1;

    /// <summary>How pictures are labelled: as they are, with their mirror image.</summary>
    public static PredictionSettings Test { get; } = new() { Window = MiniWorldClasses.Side, Stride = MiniWorldClasses.Side, Mirror = true };

    /// <summary>The network: the generator's trunk and a mask transformer of two blocks.</summary>
    public static SegmenterSettings Network { get; } = new()
    {
        Labels = MiniWorldClasses.Count + 1,
        ImageSize = MiniWorldClasses.Side,
        PatchSize = 8,
        Width = 96,
        Depth = 2,
        Heads = 4,
        HiddenWidth = 384,
        Dropout = 0,
    };

    /// <summary>Pictures to learn from, with their true masks.</summary>
    /// <param name="world">The world.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    public static ILabelledImages Images(int world, MiniSize? size = null) => new MiniWorldImages(world, MiniWorldSet.Train, (size ?? MiniSize.Full).StageScenes);

    /// <summary>Schedule, augmentation and loss.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    public static RetrainingSettings Settings(int world, int seed, MiniSize? size = null) => new()
    {
        Training = new TrainingSettings
        {
            Epochs = (size ?? MiniSize.Full).RetrainingEpochs,
            BatchSize = Batch,
            LearningRate = new LearningRatePolynomial(Rate, Steps(size ?? MiniSize.Full)) { Floor = 1e-5 },
            Augmentation = new SegmentationAugmentation(MiniWorldClasses.Side, ChannelStatistics.ImageNet, MiniWorldClasses.Side)
            {
                SmallestScale = .75,
                LargestScale = 1.5,
                LargestShare = 1,
                Distortion = null,
            },
            Optimizer = new SgdSettings(),
            Seed = MiniPreset.Seed(world, seed, MiniTrainingPart.Retraining),
        },
        EncoderRate = EncoderRate,
        Loss = new PatchClippedCrossEntropy(StartValue: 0, MiniWorldClasses.Side / 4),
    };

    /// <summary>The retraining of a world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="train">The pictures of <see cref="Images"/>, with the masks to learn as their truth; null: with the true masks.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="pretrainedPath">Null: the pre-trained generator that comes with the library.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    /// <exception cref="FileNotFoundException">There is no pre-trained generator of this world.</exception>
    public static RetrainingPlan Plan(int world, ILabelledImages? train = null, int seed = 0, string? pretrainedPath = null, MiniSize? size = null)
    {
        var path = pretrainedPath ?? MiniPreset.PretrainedPath(world);
        return new RetrainingPlan
        {
            Preset = (size ?? MiniSize.Full).Name,
            World = world.ToString(CultureInfo.InvariantCulture),
            Seed = seed,
            Train = train ?? Images(world, size),
            Settings = Settings(world, seed, size),
            Start = () =>
            {
                using var file = WeightsFile.Open(path);
                return SegmenterStart.FromTrunk(Network, file, new RandomStream(MiniPreset.Seed(world, seed, MiniTrainingPart.Retraining)));
            },
            Stored = ScalarType.Float16,
            Test = Test,
            Crf = DenseCrfSettings.Mini,
        };
    }

    private static long Steps(MiniSize size) => (long)size.StageScenes / Batch * size.RetrainingEpochs;
}
