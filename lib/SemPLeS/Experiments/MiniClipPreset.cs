using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>The miniature world's CLIP: OpenAI's architecture with a third of a million parameters, trained on drawings with captions of 12 kinds.</summary>
public static class MiniClipPreset
{
    /// <summary>Pictures with captions that it learns from.</summary>
    public const int Pictures = 4000;

    private const int Epochs = 18;
    private const int BatchSize = 32;
    private const double PeakRate = 2e-3;
    private const double WarmUp = .05;

    /// <summary>Patch 8, 4 vision and 2 text blocks of width 64 and one head; 19 tokens, texts of at most 40.</summary>
    public static ClipSettings Settings { get; } = new()
    {
        ImageSize = MiniWorldClasses.Side,
        PatchSize = 8,
        VisionWidth = 64,
        VisionLayers = 4,
        VisionHeads = 1,
        TextWidth = 64,
        TextLayers = 2,
        TextHeads = 1,
        EmbeddingSize = 64,
        ContextLength = 40,
        VocabularySize = MiniVocabulary.Tokenizer.VocabularySize,
        Statistics = ChannelStatistics.ImageNet,
    };

    /// <summary>The weights that a world's training starts from.</summary>
    public static ClipModel Start(int world) => ClipStart.Random(Settings, new RandomStream(MiniPreset.Seed(world, 0, MiniTrainingPart.Clip)));

    /// <summary>A world's training: 18 epochs of 4000 pictures.</summary>
    public static TrainingSettings Training(int world)
    {
        const int steps = Pictures / BatchSize * Epochs;
        return new TrainingSettings
        {
            Epochs = Epochs,
            BatchSize = BatchSize,
            LearningRate = new LearningRateCosineByStep(PeakRate, steps) { WarmUpSteps = (int)(WarmUp * steps) },
            Augmentation = new MiniClipAugmentation(MiniWorldClasses.Side, ChannelStatistics.ImageNet),
            Optimizer = new AdamWSettings(WeightDecay: .05, DecayVectors: false, Beta2: .98, Epsilon: 1e-6),
            Seed = MiniPreset.Seed(world, 0, MiniTrainingPart.Clip),
        };
    }

    /// <summary>Where the CLIP of a world lies.</summary>
    /// <exception cref="FileNotFoundException">None comes with the library for this world.</exception>
    public static string WeightsPath(int world)
    {
        var path = ShippedFiles.PathOf("weights", $"mini-{world}-clip.safetensors");
        return File.Exists(path)
            ? path
            : throw new FileNotFoundException($"There is no CLIP of world {world} at {path}: make it with `semples mini pretrain-clip --world {world} --output {path}`.", path);
    }
}
