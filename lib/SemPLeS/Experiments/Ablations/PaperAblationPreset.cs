using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments.Prices;
using SemPLeS.Experiments.Store;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using SemPLeS.Training;
using SemPLeS.Weights;

namespace SemPLeS.Experiments.Ablations;

/// <summary>Tables on a photograph data set. There is one data set, so rows are paired by training seed.</summary>
internal sealed class PaperAblationPreset : AblationPreset
{
    private const int MostSeeds = 100;
    private const string Start = "trunk";

    private readonly PaperPreset _preset;
    private readonly PaperData _data;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _hashes;
    private readonly Lazy<ClipSettings> _clip;

    /// <exception cref="FileNotFoundException">Pictures or weights are not there; the message says which and what fetches them.</exception>
    public PaperAblationPreset(PaperData data)
    {
        (_preset, _data) = (data.Preset, data);
        if (data.Missing() is [var first, ..] missing)
            throw new FileNotFoundException($"{missing.Count} of what {_preset.Name} needs are not there; the first is {first.Path}, which `{first.Command}` fetches. `semples doctor --preset {_preset.Name}` lists all.", first.Path);
        _clip = new(() =>
        {
            using var clip = WeightsFile.Open(data.ClipPath);
            return ClipSettings.Read(clip);
        });
        _hashes = new(() => new Dictionary<string, string>
        {
            [Start] = Fingerprint.OfFile(data.Phase1Path ?? data.TrunkPath),
            ["clip"] = Fingerprint.OfFile(data.ClipPath),
            ["learned"] = Fingerprint.Of(data.Training),
            ["train"] = Fingerprint.Of(data.Scored),
            ["val"] = Fingerprint.Of(data.Validation),
        });
    }

    public override string Name => _preset.Name;

    public override double Lambda => _preset.Stages.Lambda;

    public override int Worlds => MostSeeds;

    public override string Unit => "training seed";

    public override (int Worlds, int Seeds) Usual => (3, 1);

    public override string Split => $"{_preset.Title} {_preset.Splits.Scored}, {_data.Scored.Count} images; learned from {_preset.Splits.Training}, {_data.Training.Count} images";

    public override SchemeRuns Runs(int world, int seed, StageVariation variation) => new()
    {
        Preset = Name,
        World = _preset.Name,
        Seed = Seed(world, seed),
        Network = _preset.Generator.Under(variation.Generator),
        Clip = () => _clip.Value,
        ThresholdRule = _preset.Seeds.Rule.Description,
        Phase1Configuration = !IsTrained(variation.Generator)
            ? SettingsText.OfParts(
                ("Training", _preset.Phase1(_data.Training.Count, Seed(world, seed), variation.Generator)), ("Generator", _preset.Generator.Under(variation.Generator)), ("Seeds", _preset.Seeds))
            : SettingsText.OfParts(("Published", _preset.PublishedGenerator), ("Seeds", _preset.Seeds)),
        Phase1Data = Without("clip"),
        StageData = Without(Start).Append(new("texts", $"{string.Join(", ", _preset.Texts)}; {PaperPreset.Template}{Backgrounds(variation)}")).ToDictionary(),
        Settings = _preset.Stages.Settings(_data.Training.Count, Seed(world, seed), variation) with { Frozen = _preset.Frozen },
        Plan = () => Plan(Seed(world, seed), variation.Generator),
    };

    public override PlannedRun Segmentation(int world, int seed, PlannedRun generator) => Segmenter(
        Seed(world, seed),
        SegmentationOutcome.Stage,
        new Dictionary<string, PlannedRun> { ["generator"] = generator },
        context => generator.Stage == ClipEsPlan.Stage
            ? ClipEsPlanOf().Segment(SegmentationPlan(Seed(world, seed)) with { Crf = DenseCrfSettings.ClipEs }, context.Options, context.Cancellation)
            : SegmentationExperiment.FromGenerator(
                SegmentationPlan(Seed(world, seed)),
                generator.Stage,
                context.Weights("generator", "generator"),
                context.Starts["generator"].Record.Value("train", "threshold")!.Value,
                context.Options,
                context.Cancellation),
        images => generator.Stage == ClipEsPlan.Stage ? PriceEstimate.ClipEs(_clip.Value, images) : PriceEstimate.Cams(_preset.Generator, images, _preset.Seeds.Cams),
        crf: generator.Stage == ClipEsPlan.Stage ? DenseCrfSettings.ClipEs : null);

    public override PlannedRun ClipEs(int world) => new()
    {
        Preset = Name,
        World = _preset.Name,
        Seed = 0,
        Stage = ClipEsPlan.Stage,
        Configuration = SettingsText.OfParts(("ClipEs", _preset.ClipEs), ("Seeds", _preset.Seeds), ("Soft", new SoftMasks())),
        Data = Without(Start),
        ThresholdRule = _preset.Seeds.Rule.Description,
        Compute = context => ClipEsPlanOf().Score(context.Options, context.Cancellation),
        Price = _ => ClipEsPlanOf().Price(_clip.Value),
    };

    public override PlannedRun Supervised(int world, int seed) => Segmenter(
        Seed(world, seed),
        SegmentationOutcome.Supervised,
        [],
        context => SegmentationExperiment.Supervised(SegmentationPlan(Seed(world, seed)), context.Options, context.Cancellation),
        cams: null,
        _preset.Retraining.Network.LearnedParameters);

    /// <summary>Training seeds of one pair follow each other.</summary>
    private static int Seed(int world, int seed) => MostSeeds * seed + world;

    private Dictionary<string, string> Without(string name) => _hashes.Value.Where(hash => hash.Key != name).ToDictionary();

    private bool IsTrained(GeneratorMethod method) => method == GeneratorMethod.WeakTr && _data.Phase1Path is not null;

    private string Backgrounds(StageVariation variation) => variation.Matching == MatchingLoss.Clims ? $" {string.Join(", ", _preset.BackgroundTexts)}" : string.Empty;

    private ClipEsPlan ClipEsPlanOf() => new()
    {
        Clip = () => ClipModel.Load(_data.ClipPath),
        Tokenizer = ClipTokenizer.Published,
        Settings = _preset.ClipEs,
        Scores = Scores,
    };

    private IReadOnlyList<PlannedScore> Scores => [new("train", _data.Scored, _preset.Seeds), new("val", _data.Validation, _preset.Seeds)];

    private SemPLeSPlan Plan(int seed, GeneratorMethod method) => new()
    {
        Phase1 = new Phase1Plan
        {
            Preset = Name,
            World = _preset.Name,
            Seed = seed,
            Train = _data.Training,
            Settings = _preset.Phase1(_data.Training.Count, seed, method),
            Start = () => StartGenerator(seed, method),
            IsTrained = IsTrained(method),
            Scores = Scores,
        },
        Clip = () => ClipModel.Load(_data.ClipPath),
        Labels = _preset.Labels,
        Template = PaperPreset.Template,
        Images = _data.Training,
        Settings = _preset.Stages.Settings(_data.Training.Count, seed),
    };

    private WeakTrGenerator StartGenerator(int seed, GeneratorMethod method)
    {
        if (IsTrained(method))
            return WeakTrGenerator.Load(_data.Phase1Path!, _preset.PublishedGenerator);
        using var file = WeightsFile.Open(_data.TrunkPath);
        return GeneratorStart.FromTrunk(_preset.Generator.Under(method), file, new RandomStream(seed));
    }

    private SegmentationPlan SegmentationPlan(int seed) => new()
    {
        Images = _data.Training,
        Scored = _data.Scored,
        Validation = _data.Validation,
        Seeds = _preset.Seeds,
        Crf = _preset.LabelCrf,
        Retraining = masks => new RetrainingPlan
        {
            Preset = Name,
            World = _preset.Name,
            Seed = seed,
            Train = masks,
            Settings = _preset.Retraining.Settings(masks.Count, seed),
            Start = () =>
            {
                using var file = WeightsFile.Open(_data.TrunkPath);
                return SegmenterStart.FromTrunk(_preset.Retraining.Network, file, new RandomStream(seed));
            },
            Test = _preset.Retraining.Test,
            Crf = _preset.Retraining.Crf,
        },
    };

    private PlannedRun Segmenter(
        int seed,
        string stage,
        Dictionary<string, PlannedRun> starts,
        Func<RunContext, SegmentationOutcome> run,
        Func<ILabelledImages, RunPrice>? cams,
        Func<long>? parameters = null,
        DenseCrfSettings? crf = null) => new()
    {
        Preset = Name,
        World = _preset.Name,
        Seed = seed,
        Stage = stage,
        Configuration = SettingsText.OfParts(
            ("Training", _preset.Retraining.Settings(_data.Training.Count, seed)),
            ("Segmenter", _preset.Retraining.Network),
            ("Test", _preset.Retraining.Test),
            ("Crf", crf ?? _preset.LabelCrf),
            ("TestCrf", _preset.Retraining.Crf)),
        Data = Without("clip"),
        Starts = starts,
        Compute = context => RunProduct.Of(run(context)),
        Price = _ => SegmentationPlan(seed).Price(_preset.Retraining.Network, cams),
        Parameters = parameters,
    };
}
