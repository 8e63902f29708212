using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Experiments;
using SemPLeS.Notebooks;
using SemPLeS.Segmentation;
using TorchSharp;

namespace SemPLeS.Cli.Commands;

/// <summary>Online retraining: a Segmenter learns from masks, true or pseudo, and labels pictures.</summary>
internal sealed class RetrainCommand : SemplesCommand
{
    private const string Truth = "truth";

    private readonly Option<int?> _world = new("--world") { Description = "A miniature world's number: the Segmenter learns its first 1000 scenes.", HelpName = "N" };
    private readonly Option<string?> _voc = CommonOptions.Voc();
    private readonly Option<string?> _weights = new("--weights")
    {
        Description = "With --voc: a ViT-Ti/16 trained on ImageNet (safetensors, or .pth of PyTorch; timm's or Hugging Face's names), whose trunk the encoder starts from.",
        HelpName = "FILE",
    };

    private readonly Option<string> _masks = new("--masks")
    {
        Description = "The masks to learn: a folder with ID.png of every training picture (palette or grey PNG, the value is the label, 255 to be ignored), or truth.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Truth,
    };

    private readonly Option<int> _epochs = new("--epochs") { Description = "With --voc: passes over the photographs.", HelpName = "N", DefaultValueFactory = _ => PhotographRetrainingPreset.DefaultEpochs };
    private readonly Option<int> _seed = new("--seed") { Description = "The training's own seed: start of the mask transformer, order, augmentation.", HelpName = "N" };
    private readonly Option<string> _output = new("--output")
    {
        Description = "Folder for the weights (retraining.safetensors, and with --voc the best on val), the record (retraining.json), the checkpoint and, with --predict, the label maps.",
        HelpName = "FOLDER",
        Required = true,
    };

    private readonly Option<bool> _predict = new("--predict") { Description = "Also label the training pictures: predictions/ID.png, the retrained masks." };
    private readonly Option<bool> _fresh = CommonOptions.Fresh();
    private readonly HardwareOptions _hardware;

    public RetrainCommand(Terminal terminal)
        : base("retrain", "Trains a Segmenter on masks (WeakTr's online retraining) and scores its labels of val: windows, scales, mirror images and CRF of the test protocol.", terminal)
    {
        _world.Validators.Add(Checks.AtLeast(0));
        _seed.Validators.Add(Checks.AtLeast(0));
        _epochs.Validators.Add(Checks.AtLeast(1));
        foreach (var option in new Option[] { _world, _voc, _weights, _masks, _epochs, _seed, _output, _predict, _fresh })
            Add(option);
        _hardware = new HardwareOptions(this);
        Validators.Add(result =>
        {
            var photographs = result.GetResult(_voc) is not null;
            if (result.GetResult(_world) is null != photographs)
                result.AddError("Say either --voc PATH or --world N.");
            else if (photographs && result.GetResult(_weights) is null)
                result.AddError("--voc needs --weights FILE: a ViT-Ti/16 trained on ImageNet, as timm publishes it (vit_tiny_patch16_224), whose trunk the encoder starts from.");
            foreach (var option in new[] { _weights, (Option)_epochs }.Where(option => !photographs && result.GetResult(option) is { Implicit: false }))
                result.AddError($"{option.Name} goes with --voc PATH only.");
        });
    }

    /// <inheritdoc/>
    public override string AfterStop => CommonOptions.AfterStop;

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var (started, start) = (Terminal.Time.GetUtcNow(), Terminal.Time.GetTimestamp());
        var hardware = _hardware.Use(parsed, trainsMiniature: parsed.GetValue(_world) is not null);
        var output = Path.GetFullPath(parsed.GetRequiredValue(_output));
        OutputFolder.RequireWritable(output);
        var masks = parsed.GetRequiredValue(_masks);
        var (plan, scored) = parsed.GetValue(_world) is { } world ? Mini(parsed, world) : Photographs(parsed, output);
        var options = new ExperimentOptions { Folder = output, Device = hardware.Device, Workers = hardware.Workers, Fresh = parsed.GetValue(_fresh), Time = Terminal.Time };

        RetrainingOutcome? outcome = null;
        var scores = new List<SegmenterScore>();
        ProgressDisplay.Show(Terminal, display =>
        {
            options = options with
            {
                Training = display,
                Labelling = display.Report,
                Looked = (epoch, score) => display.Remark($"after {epoch} epochs: {100 * score:0.0} mIoU on val, one scale, without mirror image and CRF"),
            };
            outcome = RetrainingExperiment.Train(plan, options, Terminal.Cancellation);
            // What is stored is what is scored.
            using var segmenter = Segmenter.Load(outcome.WeightsPath);
            segmenter.to(hardware.Device);
            foreach (var (split, images, folder) in scored)
                scores.Add(RetrainingExperiment.Label(segmenter, plan.Test, plan.Crf, split, images, folder, options, Terminal.Cancellation));
        });

        new RunRecord<RetrainingRecord>(
            CommonOptions.CommandLine(parsed),
            MachineRecord.Of(hardware.Threads, hardware.Device),
            started,
            Terminal.Time.GetElapsedTime(start).TotalSeconds,
            [RetrainingRecord.Of(outcome!, masks, scores)])
            .Write(Path.Combine(output, $"{OnlineRetraining.Name}.json"));
        Tables.Epochs(Terminal, outcome!.Training);
        Tables.Scores(Terminal, $"Segmenter of {plan.Preset} {plan.World}, training seed {plan.Seed}, masks: {masks}", plan.Train.ClassNames, [.. scores.SelectMany(Columns)]);
        if (outcome.Best is { } best)
            Terminal.Output.WriteLine($"Best look at val: {100 * best.MeanIou:0.0} mIoU after {best.Epoch} epochs ({best.WeightsPath}); a choice by the truth.");
        Terminal.Output.WriteLine($"{outcome.Training.Steps} steps, {outcome.Training.Seconds:0.0} s. Weights: {outcome.WeightsPath}");
    }

    private static IEnumerable<ScoreColumn> Columns(SegmenterScore score)
    {
        if (score.Plain is { } plain)
            yield return new ScoreColumn($"{score.Split}, no CRF", plain);
        if (score.Scores is { } scores)
            yield return new ScoreColumn(score.Split, scores);
    }

    private (RetrainingPlan Plan, IReadOnlyList<(string Split, ILabelledImages Images, string? Folder)> Scored) Mini(ParseResult parsed, int world)
    {
        var train = MiniRetrainingPreset.Images(world);
        var plan = MiniRetrainingPreset.Plan(world, Masks(parsed, train), parsed.GetValue(_seed));
        return (plan, Scored(parsed, train, new MiniWorldImages(world, MiniWorldSet.Validation, MiniPreset.ScoredScenes)));
    }

    private (RetrainingPlan Plan, IReadOnlyList<(string Split, ILabelledImages Images, string? Folder)> Scored) Photographs(ParseResult parsed, string output)
    {
        var voc = Path.GetFullPath(parsed.GetRequiredValue(_voc)!);
        var options = new VocOptions { CacheFolder = Path.Combine(output, "cache") };
        var train = PhotographRetrainingPreset.Cached(Open("train"));
        var validation = VocDataset.HasSplit(voc, "val") ? Open("val") : null;
        var plan = PhotographRetrainingPreset.Plan(
            Path.GetFileName(Path.TrimEndingDirectorySeparator(voc)),
            Masks(parsed, train),
            validation is { HasTruth: true } ? validation : null,
            parsed.GetRequiredValue(_weights)!,
            parsed.GetValue(_epochs),
            parsed.GetValue(_seed));
        return (plan, Scored(parsed, train, validation));

        VocDataset Open(string split)
        {
            var photographs = VocDataset.Open(voc, split, options);
            CommonOptions.TellSkipped(Terminal, photographs, split);
            return photographs;
        }
    }

    private ILabelledImages Masks(ParseResult parsed, ILabelledImages train)
    {
        var masks = parsed.GetRequiredValue(_masks);
        return masks == Truth ? train : MaskFolderImages.Open(train, Path.GetFullPath(masks));
    }

    private IReadOnlyList<(string Split, ILabelledImages Images, string? Folder)> Scored(ParseResult parsed, ILabelledImages train, ILabelledImages? validation)
    {
        var scored = new List<(string Split, ILabelledImages Images, string? Folder)>();
        if (parsed.GetValue(_predict))
            scored.Add(("train", train, Path.Combine(Path.GetFullPath(parsed.GetRequiredValue(_output)), "predictions")));
        if (validation is not null)
            scored.Add(("val", validation, null));
        return scored;
    }
}
