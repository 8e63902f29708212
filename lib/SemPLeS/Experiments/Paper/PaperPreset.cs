using SemPLeS.Clip;
using SemPLeS.Evaluation;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Training;
using SemPLeS.TrainingFree;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>
/// The whole method on a photograph data set as the paper [P], its authors' published settings [S] and WeakTr [W] have it: DeiT-S/16 as the mask
/// generator, CLIP ViT-B/32, images of 224 x 224 pixels. <see cref="PaperConstants"/> lists every constant with its source.
/// </summary>
public sealed record PaperPreset
{
    private const double MctformerRate = 5e-4;
    private const double MctformerWeightDecay = .05;
    private const double WarmUpRate = 1e-6;
    private const double RateFloor = 1e-5;
    private const int WarmUpEpochs = 5;

    /// <summary>PASCAL VOC 2012 with the augmented training set.</summary>
    public static PaperPreset Voc12 { get; } = new()
    {
        Title = "PASCAL VOC 2012",
        Generator = new GeneratorSettings { Classes = 20, HeadReduction = 8, Pooling = FeaturePooling.Max, StochasticDepth = .1 },
        Texts = PaperTexts.Voc,
        BackgroundTexts = ManualPrompts.Voc,
        ClipEs = ClipEsTexts.Voc,
        Phase1Rate = 6e-4,
        CamScales = [1, 1.2],
        LabelCrf = DenseCrfSettings.VocLabels,
        Stages = PaperStagePreset.Voc12,
        Retraining = PaperRetrainingPreset.Voc12,
        Splits = new("train_aug", 10_582, "train", 1464, "val", 1449),
        Needs = new(GpuGigabytes: 12, MemoryGigabytes: 16, DiskGigabytes: 20, StageHours: 3, SegmenterHours: 5),
    };

    /// <summary>MS COCO 2014.</summary>
    public static PaperPreset Coco14 { get; } = new()
    {
        Title = "MS COCO 2014",
        Generator = new GeneratorSettings { Classes = 90, HeadReduction = 4, Pooling = FeaturePooling.Mean, StochasticDepth = .1 },
        PublishedGenerator = new GeneratorSettings { Classes = 90, HeadReduction = 8, Pooling = FeaturePooling.Max, StochasticDepth = .1 },
        Texts = PaperTexts.Coco,
        BackgroundTexts = ManualPrompts.Coco,
        ClipEs = ClipEsTexts.Coco,
        Phase1Rate = 2e-4,
        CamScales = [1, .8, 1.2],
        LabelCrf = DenseCrfSettings.CocoLabels,
        Stages = PaperStagePreset.Coco14,
        Retraining = PaperRetrainingPreset.Coco14,
        Splits = new("train2014", 82_081, "train2014", 82_081, "val2014", 40_137),
        Needs = new(GpuGigabytes: 16, MemoryGigabytes: 16, DiskGigabytes: 60, StageHours: 40, SegmenterHours: 40),
    };

    /// <summary>voc12 and coco14.</summary>
    public static IReadOnlyList<string> Names { get; } = [Voc12.Name, Coco14.Name];

    /// <summary>The preset's name in records.</summary>
    public string Name => Stages.Name;

    /// <summary>What people call the data set.</summary>
    public required string Title { get; init; }

    /// <summary>The mask generator [W].</summary>
    public required GeneratorSettings Generator { get; init; }

    /// <summary>The mask generator of the checkpoint after phase 1 that WeakTr's authors publish [W]: on COCO its fusion is not the one of SemPLeS' published commands.</summary>
    public GeneratorSettings PublishedGenerator { get => field ?? Generator; init; }

    /// <summary>K class names for the label texts [S].</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>CLIMS' backgrounds, the same for every class [C].</summary>
    public required IReadOnlyList<string> BackgroundTexts { get; init; }

    /// <summary>Texts and constants of CLIP-ES [L]. Published is ViT-B/16; with ViT-B/32, which the other methods share, there is a quarter of the patches.</summary>
    public required ClipEsSettings ClipEs { get; init; }

    /// <summary>Phase 1's learning rate at a batch of 512 [W].</summary>
    public required double Phase1Rate { get; init; }

    /// <summary>Images in a step of phase 1 [W].</summary>
    public int Phase1Batch { get; init; } = 64;

    /// <summary>Epochs of phase 1 [W].</summary>
    public int Phase1Epochs { get; init; } = 60;

    /// <summary>Phase 1's decay of every trainable tensor [W].</summary>
    public double Phase1WeightDecay { get; init; } = .03;

    /// <summary>Scales of the CAMs, each with its mirror image [W].</summary>
    public required IReadOnlyList<double> CamScales { get; init; }

    /// <summary>The CRF that turns seeds into masks [W].</summary>
    public required DenseCrfSettings LabelCrf { get; init; }

    /// <summary>The type in which CLIP and the generator's trunk compute where they don't learn [O].</summary>
    public ScalarType Frozen { get; init; } = ScalarType.Float32;

    /// <summary>Stages a, b and c [S].</summary>
    public required PaperStagePreset Stages { get; init; }

    /// <summary>The Segmenter [W].</summary>
    public required PaperRetrainingPreset Retraining { get; init; }

    /// <summary>Which images are learned from and which are scored [P].</summary>
    public required PaperSplits Splits { get; init; }

    /// <summary>How seeds are made and their threshold is chosen [W].</summary>
    public SeedProtocol Seeds => new(
        Name,
        $"scales {string.Join(", ", CamScales.Select(scale => FormattableString.Invariant($"{scale}")))}, each with its mirror image; background threshold from .40 up by .01 until mIoU falls",
        new CamSettings { Scales = CamScales, Mirror = true },
        new RisingThreshold());

    /// <summary>What its trainings need.</summary>
    public required PaperNeeds Needs { get; init; }

    /// <summary>The preset of this name.</summary>
    /// <param name="name">voc12 or coco14.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    public static PaperPreset Named(string name) => new[] { Voc12, Coco14 }.FirstOrDefault(preset => preset.Name == name)
        ?? throw new ArgumentException($"There is no preset '{name}' of photographs: {string.Join(" or ", Names)}.", nameof(name));

    /// <summary>Phase 1's schedule: rate 1e-6 rising over 5 epochs, then a cosine to 1e-5 [W].</summary>
    /// <param name="images">Number of training images.</param>
    /// <param name="seed">Order, augmentation, stochastic depth.</param>
    /// <param name="method">WeakTr, or MCTformer, whose rate is 5e-4 and whose decay, .05, spares vectors [M].</param>
    /// <exception cref="ArgumentException">The images do not fill a batch.</exception>
    public TrainingSettings Phase1(int images, long seed, GeneratorMethod method = GeneratorMethod.WeakTr) => images < Phase1Batch
        ? throw new ArgumentException($"{images} images do not fill one batch of {Phase1Batch}.", nameof(images))
        : new TrainingSettings
        {
            Epochs = Phase1Epochs,
            BatchSize = Phase1Batch,
            LearningRate = new LearningRateCosineByEpoch(LearningRateSchedule.Scaled(method == GeneratorMethod.WeakTr ? Phase1Rate : MctformerRate, Phase1Batch), Phase1Epochs, images / Phase1Batch)
            {
                WarmUpEpochs = WarmUpEpochs,
                WarmUpRate = WarmUpRate,
                Floor = RateFloor,
            },
            Augmentation = Stages.Augmentation,
            Optimizer = method == GeneratorMethod.WeakTr ? new AdamWSettings(Phase1WeightDecay) : new AdamWSettings(MctformerWeightDecay, DecayVectors: false),
            Seed = seed,
        };

    /// <summary>A CLIP with the label texts "a photo of {class}." [S], and with CLIMS' background texts.</summary>
    /// <param name="model">OpenAI's CLIP; it remains the caller's.</param>
    /// <param name="device">Where it is.</param>
    /// <exception cref="ArgumentException">The CLIP has another vocabulary.</exception>
    public StageClip Labels(ClipModel model, Device device)
    {
        ArgumentNullException.ThrowIfNull(model);
        using var scope = NewDisposeScope();
        return new StageClip(model, Tokens(Texts), Tokens(BackgroundTexts));

        Tensor Tokens(IReadOnlyList<string> names) => ClipTokenizer.Published.Tokens(ManualPrompts.Texts(names), model.Settings).to(device);
    }

    /// <summary>"a photo of [prompt]." [S].</summary>
    public static PromptTemplate Template => PromptTemplate.Of(ClipTokenizer.Published);
}
