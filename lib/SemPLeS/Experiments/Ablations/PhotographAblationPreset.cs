using SemPLeS.Data;
using SemPLeS.Experiments.Prices;
using SemPLeS.Experiments.Store;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Training;
using TorchSharp;

namespace SemPLeS.Experiments.Ablations;

/// <summary>Phase 1 of a ViT-Ti on a few hundred photographs: methods that need no CLIP. Rows are paired by training seed.</summary>
internal sealed class PhotographAblationPreset : AblationPreset
{
    private const int MostSeeds = 100;

    private readonly string _name;
    private readonly string _weightsPath;
    private readonly ILabelledImages _train;
    private readonly ILabelledImages _validation;

    /// <summary>Opens the photographs: train and val.</summary>
    /// <param name="folder">Photographs in PASCAL VOC's layout.</param>
    /// <param name="weightsPath">A ViT-Ti/16 trained on ImageNet.</param>
    /// <exception cref="IOException">A file or folder is missing.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public PhotographAblationPreset(string folder, string weightsPath)
    {
        if (!File.Exists(weightsPath))
            throw new FileNotFoundException($"There are no weights {weightsPath}.", weightsPath);
        _name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        _weightsPath = weightsPath;
        var options = new VocOptions { MinimumSide = PhotographPreset.Generator(VocClasses.Names.Count).PatchSize };
        (_train, _validation) = (VocDataset.Open(folder, "train", options), VocDataset.Open(folder, "val", options));
    }

    public override string Name => PhotographPreset.Name;

    public override double Lambda => throw NoClip();

    public override int Worlds => MostSeeds;

    public override string Unit => "training seed";

    public override (int Worlds, int Seeds) Usual => (2, 1);

    public override string Split => $"{_name} train, {_train.Count} photographs, {PhotographPreset.Accurate.Description}";

    public override IReadOnlyList<(int Number, AblationTable Table)> Tables => [(1, AblationTables.Photographs)];

    public override PlannedRun Phase1(int world, int seed, GeneratorMethod method)
    {
        var trainingSeed = MostSeeds * seed + world;
        return new PlannedRun
        {
            Preset = Name,
            World = _name,
            Seed = trainingSeed,
            Stage = Training.Phase1.Name,
            Configuration = SettingsText.OfParts(
                ("Training", PhotographPreset.Phase1(_train.Count, PhotographPreset.DefaultEpochs, trainingSeed)),
                ("Generator", PhotographPreset.Generator(_train.ClassCount, method)),
                ("Seeds", PhotographPreset.Accurate),
                ("Crf", DenseCrfSettings.VocLabels)),
            Data = new Dictionary<string, string>
            {
                ["trunk"] = Fingerprint.OfFile(_weightsPath),
                ["train"] = Fingerprint.Of(_train),
                ["val"] = Fingerprint.Of(_validation),
            },
            ThresholdRule = PhotographPreset.Accurate.Rule.Description,
            WeightsRoles = ["generator"],
            Parameters = PhotographPreset.Generator(_train.ClassCount, method).LearnedParameters,
            Compute = context => Compute(context, trainingSeed, method),
            Price = atOnce => Price(method, atOnce),
        };
    }

    public override SchemeRuns Runs(int world, int seed, StageVariation variation) => throw NoClip();

    public override PlannedRun ClipEs(int world) => throw NoClip();

    public override PlannedRun Segmentation(int world, int seed, PlannedRun generator) => throw NoClip();

    public override PlannedRun Supervised(int world, int seed) => throw NoClip();

    private static InvalidOperationException NoClip() => new($"{PhotographPreset.Name} is phase 1 alone: there is no CLIP beside its ViT-Ti.");

    private RunPrice Price(GeneratorMethod method, int? atOnce)
    {
        var network = PhotographPreset.Generator(_train.ClassCount, method);
        return PriceEstimate.Phase1(network, _train, PhotographPreset.Phase1(_train.Count, PhotographPreset.DefaultEpochs, 0), atOnce)
            + Cams(_train) + Cams(_validation) + Cams(_train) + PriceEstimate.Crf(_train);

        RunPrice Cams(ILabelledImages images) => PriceEstimate.Cams(network, images, PhotographPreset.Accurate.Cams);
    }

    /// <summary>Trains, scores the seeds, and scores their CRF masks.</summary>
    private RunProduct Compute(RunContext context, int seed, GeneratorMethod method)
    {
        var plan = PhotographPreset.Phase1Plan(_name, _train, null, _weightsPath, seed: seed, method: method) with
        {
            Scores = [new("train", _train, PhotographPreset.Accurate), new("val", _validation, PhotographPreset.Accurate)],
        };
        var outcome = Phase1Experiment.Run(plan, context.Options, context.Cancellation);
        using var generator = WeakTrGenerator.Load(outcome.WeightsPath, PhotographPreset.Generator(_train.ClassCount, method)).to(context.Options.Device);
        var masks = new MaskPlan
        {
            Cams = new CamExtractor(generator, PhotographPreset.Accurate.Cams, context.Options.Device),
            Seeds = new PlannedScore("train", _train, PhotographPreset.Accurate with { Rule = new Evaluation.FixedThreshold(outcome.Scores[0].Evaluation.Seeds.Threshold) }),
            Crf = DenseCrfSettings.VocLabels,
        };
        MaskFiles.Write(masks, context.Options, context.Options.Labelling, context.Cancellation);
        var scores = LabelFolders.Score(Path.Combine(context.Options.Folder, MaskFiles.MaskFolder), _train, context.Cancellation);
        return new RunProduct(
            new Dictionary<string, string> { ["generator"] = outcome.WeightsPath },
            [.. ScoreMetrics.Of(outcome.Scores), new RunMetric("train", "mask_crf_miou", 100 * scores.MeanIou)],
            outcome.Training);
    }
}
