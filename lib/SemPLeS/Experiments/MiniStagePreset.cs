using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Objectives;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>The stages of the miniature world. Learning rates are absolute and fall by step along a cosine to 0, without warm-up. All of it is our choice.</summary>
public static class MiniStagePreset
{
    /// <summary>lambda_b, the weight of L_match's background term: the paper's for VOC.</summary>
    public const double LambdaB = 2.4;

    /// <summary>lambda_T, the weight of L_prompt's text term.</summary>
    public const double LambdaT = 1;

    /// <summary>The similarity below which L_prompt's text term rests.</summary>
    public const double TextFloor = .6;

    /// <summary>lambda, the weight of L_refine.</summary>
    public const double Lambda = .5;

    /// <summary>Vectors of a prompt.</summary>
    public const int PromptLength = 8;

    private const double MaskEpsilon = 1e-4;
    private const double GeneratorRate = 1.5e-3;
    private const int GeneratorBatch = 32;
    private const double PromptRate = .05;
    private const int PromptBatch = 64;

    /// <summary>What the stages learn from.</summary>
    /// <param name="world">The world.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    public static ILabelledImages Images(int world, MiniSize? size = null) => new MiniWorldImages(world, MiniWorldSet.Train, (size ?? MiniSize.Full).StageScenes);

    /// <summary>The CLIP of a world with the texts "a photo of {class}.", and with "a photo of {background}." for losses that read written backgrounds.</summary>
    /// <param name="model">The miniature CLIP; it remains the caller's.</param>
    /// <param name="device">Where it is.</param>
    /// <exception cref="ArgumentException">The CLIP has another vocabulary.</exception>
    public static StageClip Clip(ClipModel model, Device device)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = NewDisposeScope();
        return new StageClip(model, Tokens(MiniWorldClasses.Objects), Tokens(ManualPrompts.Mini));

        Tensor Tokens(IReadOnlyList<string> names) => MiniVocabulary.Tokenizer.Tokens(ManualPrompts.Texts(names), model.Settings).to(device);
    }

    /// <summary>"a photo of [prompt].".</summary>
    public static PromptTemplate Template => PromptTemplate.Of(MiniVocabulary.Tokenizer);

    /// <summary>The whole method on a world, with the CLIP and the pre-trained generator that come with the library.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="scheme">Null: sequential.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    /// <param name="method">The mask generator of phase 1.</param>
    /// <exception cref="FileNotFoundException">There are no weights of this world.</exception>
    public static SemPLeSPlan Plan(int world, int seed = 0, Scheme? scheme = null, MiniSize? size = null, GeneratorMethod method = GeneratorMethod.WeakTr)
    {
        var clipPath = MiniClipPreset.WeightsPath(world);
        return new SemPLeSPlan
        {
            Phase1 = MiniPreset.Phase1Plan(world, seed, size: size, method: method),
            Clip = () => ClipModel.Load(clipPath),
            Labels = Clip,
            Template = Template,
            Images = Images(world, size),
            Settings = Settings(world, seed, scheme, size: size),
        };
    }

    /// <summary>The settings of a scheme.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed. Stages a and c share what follows from it: with lambda 0, c is a.</param>
    /// <param name="scheme">Null: sequential.</param>
    /// <param name="lambda">The weight of L_refine, a number or a schedule; null: <see cref="Lambda"/>.</param>
    /// <param name="prompting">L_prompt; null: both terms.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    public static SchemeSettings Settings(
        int world, int seed = 0, Scheme? scheme = null, ObjectiveWeight? lambda = null, ObjectiveSum? prompting = null, MiniSize? size = null) =>
        Settings(world, seed, new StageVariation { Scheme = scheme ?? Scheme.Sequential }, lambda ?? Lambda, prompting ?? ObjectiveSum.Prompting(LambdaT, TextFloor), size);

    /// <summary>The settings of a scheme, some of them a reader's.</summary>
    /// <param name="world">The world.</param>
    /// <param name="seed">The training's own seed.</param>
    /// <param name="variation">What differs from this preset.</param>
    /// <param name="size">Null: <see cref="MiniSize.Full"/>.</param>
    /// <exception cref="ArgumentException">The variation leaves L_prompt without a term.</exception>
    public static SchemeSettings Settings(int world, int seed, StageVariation variation, MiniSize? size = null)
    {
        ArgumentNullException.ThrowIfNull(variation);
        // L_refine is as strong beside a loss's foreground term as beside L_match's, whose weight is 1.
        var beside = variation.Matching == MatchingLoss.Clims ? MiniRivalPreset.Clims(world).Foreground : 1;
        return Settings(world, seed, variation, beside * (variation.Lambda ?? Lambda), variation.Prompting(LambdaT, TextFloor), size);
    }

    private static SchemeSettings Settings(int world, int seed, StageVariation variation, ObjectiveWeight lambda, ObjectiveSum prompting, MiniSize? size)
    {
        size ??= MiniSize.Full;
        size = size with { GeneratorEpochs = variation.Epochs ?? size.GeneratorEpochs, PromptEpochs = variation.PromptEpochs ?? size.PromptEpochs };
        var prompts = Prompting(size, MiniPreset.Seed(world, seed, MiniTrainingPart.Prompts), prompting, variation);
        if (variation.Scheme is JointScheme)
            prompts = prompts with { Training = prompts.Training with { LearningRate = new LearningRateCosineByStep(variation.PromptRate ?? PromptRate, GeneratorSteps(size)) } };
        var generatorSeed = MiniPreset.Seed(world, seed, MiniTrainingPart.Generator);
        var matching = variation.Matching == MatchingLoss.Clims ? ObjectiveSum.Clims(MiniRivalPreset.Clims(world)) : ObjectiveSum.Matching(variation.LambdaB ?? LambdaB);
        return new SchemeSettings
        {
            Scheme = variation.Scheme,
            Matching = OfGenerator(size, generatorSeed, matching, variation),
            Prompting = prompts,
            Refinement = OfGenerator(size, generatorSeed, matching.Refined(lambda), variation),
            PromptLength = variation.PromptLength ?? PromptLength,
            Stored = ScalarType.Float16,
        };
    }

    private static long GeneratorSteps(MiniSize size) => size.StageScenes / GeneratorBatch * size.GeneratorEpochs;

    private static StageSettings OfGenerator(MiniSize size, long seed, ObjectiveSum objectives, StageVariation variation) => new()
    {
        Objectives = objectives,
        MaskEpsilon = variation.MaskEpsilon ?? MaskEpsilon,
        Training = new TrainingSettings
        {
            Epochs = size.GeneratorEpochs,
            BatchSize = GeneratorBatch,
            LearningRate = new LearningRateCosineByStep(variation.Rate ?? GeneratorRate, GeneratorSteps(size)),
            Augmentation = new MirrorAugmentation(MiniWorldClasses.Side, ChannelStatistics.ImageNet),
            Optimizer = new AdamWSettings(WeightDecay: .03, DecayVectors: false),
            Seed = seed,
        },
    };

    private static StageSettings Prompting(MiniSize size, long seed, ObjectiveSum objectives, StageVariation variation) => new()
    {
        Objectives = objectives,
        MaskEpsilon = variation.MaskEpsilon ?? MaskEpsilon,
        Training = new TrainingSettings
        {
            Epochs = size.PromptEpochs,
            BatchSize = PromptBatch,
            LearningRate = new LearningRateCosineByStep(variation.PromptRate ?? PromptRate, size.StageScenes / PromptBatch * size.PromptEpochs),
            Augmentation = new PlainInput(MiniWorldClasses.Side, ChannelStatistics.ImageNet),
            Optimizer = new AdamWSettings(WeightDecay: 0),
            Seed = seed,
        },
    };
}
