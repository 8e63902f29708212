using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Training;

/// <summary>Stages of a few milliseconds: 3 epochs of 2 steps on a CLIP of random weights.</summary>
internal sealed class SmallStages : IDisposable
{
    public const int Steps = 6;

    private readonly ClipModel _model;

    public SmallStages(long clipSeed = 0)
    {
        _model = ClipStart.Random(Clips, new RandomStream(clipSeed));
        using var tokens = LabelTokens();
        using var backgrounds = tensor(new long[] { 1, 7, 9, 1, 8, 9 }, [2, 3]);
        Clip = new StageClip(_model, tokens, backgrounds);
    }

    public static ClipSettings Clips { get; } = new()
    {
        ImageSize = 16,
        PatchSize = 8,
        VisionWidth = 8,
        VisionLayers = 1,
        VisionHeads = 1,
        TextWidth = 8,
        TextLayers = 1,
        TextHeads = 1,
        EmbeddingSize = 6,
        ContextLength = 12,
        VocabularySize = 10,
    };

    public static PromptTemplate Template { get; } = new(1, [5], [6], 9);

    /// <summary>Without stochastic depth, so that a stage that has the generator in training mode sees what one in evaluation mode sees.</summary>
    public static GeneratorSettings Network { get; } = SmallTraining.Network with { StochasticDepth = 0 };

    public static Tensor LabelTokens() => tensor(new long[] { 1, 2, 9, 1, 3, 9, 1, 4, 9 }, [3, 3]);

    public static ILabelledImages Images { get; } = new SquareImages(9);

    public StageClip Clip { get; }

    public static WeakTrGenerator Generator() => GeneratorStart.Random(Network, new RandomStream(0));

    public static PromptLearner Prompts(long seed = 0) => PromptLearner.Start(Clips, 3, 2, Template, new RandomStream(seed));

    public static StageSettings Settings(ObjectiveSum objectives, Augmentation? augmentation = null, double rate = .01) => new()
    {
        Objectives = objectives,
        MaskEpsilon = .1,
        Training = new TrainingSettings
        {
            Epochs = 3,
            BatchSize = 4,
            LearningRate = new LearningRateCosineByStep(rate, Steps),
            Augmentation = augmentation ?? new MirrorAugmentation(16, ChannelStatistics.ImageNet),
            Seed = 1,
        },
    };

    public static StageSettings Matching { get; } = Settings(ObjectiveSum.Matching(2.4));

    /// <summary>Cosines of random features with texts lie on both sides of 0.</summary>
    public static StageSettings Clims { get; } = Settings(ObjectiveSum.Clims(new ClimsSettings { Threshold = 0 }));

    public const string ClimsName = "clims";

    public static StageSettings Prompting { get; } = Settings(ObjectiveSum.Prompting(.02), new PlainInput(16, ChannelStatistics.ImageNet));

    public static StageSettings Refinement { get; } = Settings(ObjectiveSum.Refinement(2.4, .5));

    /// <summary>A stage by its name, and what it trains.</summary>
    public (Stage Stage, nn.Module[] Trained) Prepare(string name, ILabelledImages? images = null, OptimizerSettings? optimizer = null)
    {
        var (generator, prompts) = (Generator(), Prompts());
        var (matching, prompting, refinement) = (With(Matching), With(Prompting), With(Refinement));
        return name switch
        {
            ClimsName => (StageMatching.Prepare(generator, Clip, images ?? Images, With(Clims), CPU), [generator]),
            StageMatching.Name => (StageMatching.Prepare(generator, Clip, images ?? Images, matching, CPU), [generator]),
            StagePrompting.Name => (StagePrompting.Prepare(prompts, generator, Clip, images ?? Images, prompting, CPU), [prompts]),
            StageRefinement.Name => (StageRefinement.Prepare(generator, Clip, prompts, images ?? Images, refinement, CPU), [generator]),
            _ => (StageJoint.Prepare(generator, prompts, Clip, images ?? Images, refinement, prompting, CPU), [generator, prompts]),
        };

        StageSettings With(StageSettings settings) => optimizer is null ? settings : settings with { Training = settings.Training with { Optimizer = optimizer } };
    }

    public void Dispose()
    {
        Clip.Dispose();
        _model.Dispose();
    }
}
