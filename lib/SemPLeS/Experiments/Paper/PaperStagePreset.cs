using SemPLeS.Data;
using SemPLeS.Objectives;
using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>
/// The constants of stages a, b and c on a photograph data set, as the paper [P] and the authors' published settings [S] give them. Rates of a and c are
/// those of a batch of 512; b's is absolute. Cosine to 0 without warm-up, stepped by epoch [S].
/// </summary>
public sealed record PaperStagePreset
{
    /// <summary>PASCAL VOC 2012.</summary>
    public static PaperStagePreset Voc12 { get; } = new()
    {
        Name = "voc12",
        LambdaB = 2.4,
        LambdaT = .02,
        Lambda = .05,
        Clims = ClimsSettings.Voc,
        GeneratorRate = 5.12e-4,
        MatchingBatch = 64,
        RefinementBatch = 64,
        PromptRate = .1,
    };

    /// <summary>MS COCO 2014.</summary>
    public static PaperStagePreset Coco14 { get; } = new()
    {
        Name = "coco14",
        LambdaB = .75,
        LambdaT = .01,
        Lambda = .2,
        Clims = ClimsSettings.Coco,
        GeneratorRate = 5.12e-6,
        MatchingBatch = 32,
        RefinementBatch = 24,
        PromptRate = .01,
    };

    /// <summary>The preset's name in records.</summary>
    public required string Name { get; init; }

    /// <summary>lambda_b, the weight of L_match's background term [S].</summary>
    public required double LambdaB { get; init; }

    /// <summary>lambda_T, the weight of L_prompt's text term [S].</summary>
    public required double LambdaT { get; init; }

    /// <summary>lambda, the weight of L_refine [P for VOC, S for COCO].</summary>
    public required double Lambda { get; init; }

    /// <summary>CLIMS' weights and threshold [C].</summary>
    public required ClimsSettings Clims { get; init; }

    /// <summary>The learning rate of stages a and c at a batch of 512 [S].</summary>
    public required double GeneratorRate { get; init; }

    /// <summary>Images in a step of stage a [S].</summary>
    public required int MatchingBatch { get; init; }

    /// <summary>Images in a step of stage c [S].</summary>
    public required int RefinementBatch { get; init; }

    /// <summary>The learning rate of stage b [S].</summary>
    public required double PromptRate { get; init; }

    /// <summary>Images in a step of stage b [S].</summary>
    public int PromptBatch { get; init; } = 128;

    /// <summary>Epochs of every stage [S].</summary>
    public int Epochs { get; init; } = 60;

    /// <summary>Decay of every trainable tensor, biases and prompts too [S].</summary>
    public double WeightDecay { get; init; } = .03;

    /// <summary>Vectors of a prompt [P].</summary>
    public int PromptLength { get; init; } = 30;

    /// <summary>What the masks' normalisation adds to their range in stages a and c [S].</summary>
    public double GeneratorMaskEpsilon { get; init; } = .1;

    /// <summary>The same in stage b [S].</summary>
    public double PromptMaskEpsilon { get; init; } = 1e-4;

    /// <summary>The generator's stochastic depth in stages a and c [S].</summary>
    public double StochasticDepth { get; init; } = .1;

    /// <summary>Side of the images in pixels: what ViT-B/32 sees [P].</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>What phase 1 and stages a and c do to images [S].</summary>
    public Augmentation Augmentation => new DeiTAugmentation(ImageSize, ChannelStatistics.ImageNet);

    /// <summary>What stage b does to images: crops and mirrors them [S].</summary>
    public Augmentation PromptAugmentation => new CropAugmentation(ImageSize, ChannelStatistics.ImageNet);

    /// <summary>The settings of a scheme.</summary>
    /// <param name="images">Number of training images.</param>
    /// <param name="seed">Stages a and c share it.</param>
    /// <param name="variation">What differs from the preset; null: nothing.</param>
    /// <exception cref="ArgumentException">The images do not fill a batch, or the variation leaves L_prompt without a term.</exception>
    public SchemeSettings Settings(int images, long seed = 0, StageVariation? variation = null)
    {
        variation ??= new StageVariation();
        var isClims = variation.Matching == MatchingLoss.Clims;
        var matching = isClims ? ObjectiveSum.Clims(Clims) : ObjectiveSum.Matching(variation.LambdaB ?? LambdaB);
        // L_refine is as strong beside a loss's foreground term as beside L_match's, whose weight is 1.
        var lambda = (isClims ? Clims.Foreground : 1) * (variation.Lambda ?? Lambda);
        var (epsilon, rate) = (variation.MaskEpsilon ?? GeneratorMaskEpsilon, variation.Rate ?? GeneratorRate);
        var promptBatch = variation.Scheme is JointScheme ? RefinementBatch : PromptBatch;
        var (epochs, promptEpochs) = (variation.Epochs ?? Epochs, variation.Scheme is JointScheme ? variation.Epochs ?? Epochs : variation.PromptEpochs ?? Epochs);
        return new SchemeSettings
        {
            Scheme = variation.Scheme,
            Matching = Stage(images, epochs, MatchingBatch, LearningRateSchedule.Scaled(rate, MatchingBatch), seed, epsilon, matching, Augmentation),
            Prompting = Stage(images, promptEpochs, promptBatch, variation.PromptRate ?? PromptRate, seed + 1, variation.MaskEpsilon ?? PromptMaskEpsilon, variation.Prompting(LambdaT, floor: 0), PromptAugmentation),
            Refinement = Stage(
                images, epochs, RefinementBatch, LearningRateSchedule.Scaled(rate, RefinementBatch), seed, epsilon, matching.Refined(lambda), Augmentation),
            PromptLength = variation.PromptLength ?? PromptLength,
            StochasticDepth = StochasticDepth,
        };
    }

    private StageSettings Stage(int images, int epochs, int batch, double rate, long seed, double maskEpsilon, ObjectiveSum objectives, Augmentation augmentation)
    {
        if (images < batch)
            throw new ArgumentException($"{images} images do not fill one batch of {batch}.", nameof(images));
        return new StageSettings
        {
            Objectives = objectives,
            MaskEpsilon = maskEpsilon,
            Training = new TrainingSettings
            {
                Epochs = epochs,
                BatchSize = batch,
                LearningRate = new LearningRateCosineByEpoch(rate, epochs, images / batch),
                Augmentation = augmentation,
                Optimizer = new AdamWSettings(WeightDecay),
                Seed = seed,
            },
        };
    }
}
