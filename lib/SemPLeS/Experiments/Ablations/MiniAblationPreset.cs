using System.Globalization;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Experiments.Prices;
using SemPLeS.Experiments.Store;
using SemPLeS.Training;

namespace SemPLeS.Experiments.Ablations;

/// <summary>Tables on the miniature worlds, each with its own drawings, CLIP and pre-trained generator.</summary>
/// <param name="size">How much of a world is drawn and trained on.</param>
internal sealed class MiniAblationPreset(MiniSize size) : AblationPreset
{
    // So many scenes of a set show whether it is drawn as it was.
    private const int HashedScenes = 4;

    private readonly Dictionary<int, IReadOnlyDictionary<string, string>> _data = [];

    // Worlds and seeds differ in nothing that costs: those of one are drawn for all prices.
    private readonly Lazy<SemPLeSPlan> _priced = new(() => MiniStagePreset.Plan(0, size: size));
    private readonly Lazy<SegmentationPlan> _pricedMasks = new(() => MiniSegmentation.Plan(0, 0, size));
    private readonly Lazy<ClipEsPlan> _pricedClipEs = new(() => MiniRivalPreset.ClipEs(0, size));
    private ((int World, int Seed, GeneratorMethod Method) Of, SemPLeSPlan Plan)? _last;

    public override string Name => size.Name;

    public override double Lambda => MiniStagePreset.Lambda;

    public override int Worlds => MiniPreset.ReadyWorlds;

    public override string Split => $"first {size.ScoredScenes} scenes of train";

    public override SchemeRuns Runs(int world, int seed, StageVariation variation)
    {
        var data = Data(world);
        return new SchemeRuns
        {
            Preset = size.Name,
            World = world.ToString(CultureInfo.InvariantCulture),
            Seed = seed,
            Network = MiniPreset.Generator(method: variation.Generator),
            Clip = () => MiniClipPreset.Settings,
            ThresholdRule = MiniPreset.Seeds.Rule.Description,
            Phase1Configuration = SettingsText.OfParts(("Training", MiniPreset.Phase1(world, seed, size)), ("Generator", MiniPreset.Generator(method: variation.Generator)), ("Seeds", MiniPreset.Seeds)),
            Phase1Data = data.Where(item => item.Key is not "clip").ToDictionary(),
            StageData = data.Where(item => item.Key is not "pretrained").Append(new("texts", $"a photo of [class]. {MiniStagePreset.Template}{Backgrounds(variation)}")).ToDictionary(),
            Settings = MiniStagePreset.Settings(world, seed, variation, size),
            Plan = () => Plan(world, seed, variation.Generator),
            PricedPlan = () => _priced.Value,
        };
    }

    public override PlannedRun Segmentation(int world, int seed, PlannedRun generator) => Segmenter(
        world,
        seed,
        SegmentationOutcome.Stage,
        new Dictionary<string, PlannedRun> { ["generator"] = generator },
        context => generator.Stage == ClipEsPlan.Stage
            ? MiniSegmentation.FromClipEs(world, seed, context.Options, size, context.Cancellation)
            : MiniSegmentation.FromGenerator(
                world,
                seed,
                generator.Stage,
                context.Weights("generator", "generator"),
                context.Starts["generator"].Record.Value("train", "threshold")!.Value,
                context.Options,
                size,
                context.Cancellation),
        images => generator.Stage == ClipEsPlan.Stage ? PriceEstimate.ClipEs(MiniClipPreset.Settings, images) : PriceEstimate.Cams(MiniPreset.Generator(), images, MiniPreset.Seeds.Cams));

    public override PlannedRun ClipEs(int world)
    {
        var data = Data(world);
        return new PlannedRun
        {
            Preset = size.Name,
            World = world.ToString(CultureInfo.InvariantCulture),
            Seed = 0,
            Stage = ClipEsPlan.Stage,
            Configuration = SettingsText.OfParts(("ClipEs", MiniRivalPreset.Texts), ("Seeds", MiniPreset.Seeds), ("Soft", new SoftMasks())),
            Data = data.Where(item => item.Key is not "pretrained").ToDictionary(),
            ThresholdRule = MiniPreset.Seeds.Rule.Description,
            Compute = context => MiniRivalPreset.ClipEs(world, size).Score(context.Options, context.Cancellation),
            Price = _ => _pricedClipEs.Value.Price(MiniClipPreset.Settings),
        };
    }

    public override PlannedRun Supervised(int world, int seed) => Segmenter(
        world,
        seed,
        SegmentationOutcome.Supervised,
        [],
        context => MiniSegmentation.Supervised(world, seed, context.Options, size, context.Cancellation),
        cams: null,
        MiniRetrainingPreset.Network.LearnedParameters);

    private PlannedRun Segmenter(int world, int seed, string stage, Dictionary<string, PlannedRun> starts, Func<RunContext, SegmentationOutcome> run, Func<ILabelledImages, RunPrice>? cams, Func<long>? parameters = null) => new()
    {
        Preset = size.Name,
        World = world.ToString(CultureInfo.InvariantCulture),
        Seed = seed,
        Stage = stage,
        Configuration = SettingsText.OfParts(
            ("Training", MiniRetrainingPreset.Settings(world, seed, size)),
            ("Segmenter", MiniRetrainingPreset.Network),
            ("Test", MiniRetrainingPreset.Test),
            ("Crf", PseudoMasks.DenseCrfSettings.Mini)),
        Data = Data(world).Where(item => item.Key is not "clip").ToDictionary(),
        Starts = starts,
        Compute = context => RunProduct.Of(run(context)),
        Price = _ => _pricedMasks.Value.Price(MiniRetrainingPreset.Network, cams),
        Parameters = parameters,
    };

    private IReadOnlyDictionary<string, string> Data(int world)
    {
        if (_data.TryGetValue(world, out var known))
            return known;
        return _data[world] = new Dictionary<string, string>
        {
            ["pretrained"] = Fingerprint.OfFile(MiniPreset.PretrainedPath(world)),
            ["clip"] = Fingerprint.OfFile(MiniClipPreset.WeightsPath(world)),
            ["train"] = Drawn(MiniWorldSet.Train, $"{size.TrainingScenes}, {size.StageScenes}, {size.ScoredScenes}"),
            ["val"] = Drawn(MiniWorldSet.Validation, $"{size.ScoredScenes}"),
        };

        string Drawn(MiniWorldSet set, string counts) =>
            $"world {world}, {set}, scenes {counts}, {Fingerprint.OfPixels(new MiniWorldImages(world, set, HashedScenes))}";
    }

    private static string Backgrounds(StageVariation variation) => variation.Matching == MatchingLoss.Clims ? $" {string.Join(", ", ManualPrompts.Mini)}" : string.Empty;

    private SemPLeSPlan Plan(int world, int seed, GeneratorMethod method)
    {
        if (_last is not { } last || last.Of != (world, seed, method))
            _last = last = ((world, seed, method), MiniStagePreset.Plan(world, seed, size: size, method: method));
        return last.Plan;
    }
}
