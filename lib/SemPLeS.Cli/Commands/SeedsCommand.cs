using System.CommandLine;
using System.Globalization;
using SemPLeS.Cli.Display;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Training;
using SemPLeS.Weights;
using TorchSharp;

namespace SemPLeS.Cli.Commands;

/// <summary>Scores the seeds of any trained generator, and writes them as label maps.</summary>
internal sealed class SeedsCommand : SemplesCommand
{
    private static readonly SeedProtocol[] Protocols = [PhotographPreset.Quick, PhotographPreset.Accurate, MiniPreset.Seeds];

    private readonly Option<string> _weights = new("--weights") { Description = "The trained mask generator (safetensors, WeakTr's names).", HelpName = "FILE", Required = true };
    private readonly Option<string?> _voc = CommonOptions.Voc();
    private readonly Option<int?> _world = new("--world") { Description = "Or: the number of a miniature world, whose first 400 scenes are scored.", HelpName = "N" };
    private readonly Option<string> _split = new("--split") { Description = "An id list of the photographs, or train or val of a world.", HelpName = "NAME", DefaultValueFactory = _ => "train" };
    private readonly Option<string?> _protocol = new("--protocol")
    {
        Description = $"How seeds are made. {string.Join("; ", Protocols.Select(protocol => $"{protocol.Name}: {protocol.Description}"))}. [default: A for photographs, mini for a world]",
        HelpName = "NAME",
    };

    private readonly Option<double?> _threshold = new("--threshold") { Description = "A fixed background threshold in 0..1, in place of the protocol's choice.", HelpName = "T" };
    private readonly Option<string?> _statistics = new("--statistics")
    {
        Description = "Mean and standard deviation of the generator's input, imagenet or half (.5 throughout); needed when the weights file does not say.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _output = new("--output") { Description = "Folder for the label maps, ID.png with VOC's palette, and seeds.json.", HelpName = "FOLDER" };
    private readonly HardwareOptions _hardware;

    public SeedsCommand(Terminal terminal)
        : base("seeds", "Scores the seeds of a trained mask generator: IoU of each class, mIoU in percent, threshold.", terminal)
    {
        _protocol.AcceptOnlyFromAmong([.. Protocols.Select(protocol => protocol.Name)]);
        _statistics.AcceptOnlyFromAmong("imagenet", "half");
        _world.Validators.Add(Checks.AtLeast(0));
        foreach (var option in new Option[] { _weights, _voc, _world, _split, _protocol, _threshold, _statistics, _output })
            Add(option);
        _hardware = new HardwareOptions(this);
        Validators.Add(result =>
        {
            if (result.GetResult(_voc) is null == result.GetResult(_world) is null)
                result.AddError("Say either --voc PATH or --world N.");
        });
    }

    /// <inheritdoc/>
    public override string AfterStop => "Label maps that were written are complete; the same command begins anew.";

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var (started, start) = (Terminal.Time.GetUtcNow(), Terminal.Time.GetTimestamp());
        var hardware = _hardware.Use(parsed);
        var output = parsed.GetValue(_output);
        if (output is not null)
            OutputFolder.RequireWritable(output);
        using var generator = Load(parsed).to(hardware.Device);
        var images = Images(parsed, generator);
        var protocol = Protocol(parsed);
        var score = new PlannedScore(parsed.GetRequiredValue(_split), images, protocol);
        var options = new ExperimentOptions { Folder = output ?? ".", Device = hardware.Device, Workers = hardware.Workers, Time = Terminal.Time };

        MeasuredScore? measured = null;
        ProgressDisplay.Show(Terminal, display =>
        {
            if (images.HasTruth)
                measured = Phase1Experiment.Score(generator, score, options with { Scoring = display.Report }, Terminal.Cancellation);
            if (output is not null)
            {
                var threshold = measured?.Evaluation.Seeds.Threshold ?? protocol.Rule.Levels[0];
                SeedLabels.Write(
                    new CamExtractor(generator, protocol.Cams, hardware.Device), images, threshold, output, hardware.Workers, done => display.Report(score, done, images.Count), Terminal.Cancellation);
            }
        });
        if (measured is not null)
            Tables.Scores(Terminal, $"Seeds of {score.Split}, {images.Count} pictures, protocol {protocol.Name} ({protocol.Description})", images.ClassNames, [measured]);
        if (output is null)
            return;
        IReadOnlyList<ScoreRecord> results = measured is null ? [] :
        [
            ScoreRecord.Of(measured, images.ClassNames) with { ImagesFingerprint = Fingerprint.Of(images), WeightsFingerprint = Fingerprint.Of(generator) },
        ];
        new RunRecord<ScoreRecord>(
            CommonOptions.CommandLine(parsed), MachineRecord.Of(hardware.Workers, hardware.Device), started, Terminal.Time.GetElapsedTime(start).TotalSeconds, results)
            .Write(Path.Combine(output, "seeds.json"));
        Terminal.Output.WriteLine($"{images.Count} label maps: {output}");
    }

    private WeakTrGenerator Load(ParseResult parsed)
    {
        using var file = SafetensorsFile.Open(parsed.GetRequiredValue(_weights));
        var settings = GeneratorSettings.Read(file);
        if (!GeneratorSettings.NamesStatistics(file))
        {
            settings = settings with
            {
                Statistics = parsed.GetValue(_statistics) switch
                {
                    "imagenet" => ChannelStatistics.ImageNet,
                    "half" => ChannelStatistics.Half,
                    _ => throw new ArgumentException($"{file.FilePath} does not say by which mean and standard deviation its input is normalised: say --statistics imagenet or half."),
                },
            };
        }

        return WeakTrGenerator.Load(file, settings);
    }

    private ILabelledImages Images(ParseResult parsed, WeakTrGenerator generator)
    {
        var split = parsed.GetRequiredValue(_split);
        ILabelledImages images;
        if (parsed.GetValue(_voc) is { } folder)
        {
            var photographs = VocDataset.Open(folder, split);
            CommonOptions.TellSkipped(Terminal, photographs, split);
            images = photographs;
        }
        else
        {
            var set = split switch
            {
                "train" => MiniWorldSet.Train,
                "val" => MiniWorldSet.Validation,
                _ => throw new ArgumentException($"A world has the splits train and val, not '{split}'."),
            };
            images = new MiniWorldImages(parsed.GetValue(_world)!.Value, set, MiniPreset.ScoredScenes);
        }

        if (images.ClassCount != generator.Settings.Classes)
            throw new ArgumentException($"The weights are of {generator.Settings.Classes} classes, the pictures of {images.ClassCount}.");
        if (!images.HasTruth && (parsed.GetValue(_threshold) is null || parsed.GetValue(_output) is null))
            throw new ArgumentException($"The photographs of {split} have no masks, so that no threshold can be chosen and nothing be scored: say --threshold T and --output FOLDER to have label maps written.");
        return images;
    }

    private SeedProtocol Protocol(ParseResult parsed)
    {
        var name = parsed.GetValue(_protocol) ?? (parsed.GetValue(_voc) is null ? MiniPreset.Seeds.Name : PhotographPreset.Accurate.Name);
        var protocol = Protocols.First(protocol => protocol.Name == name);
        return parsed.GetValue(_threshold) is not { } threshold ? protocol : protocol with
        {
            Rule = new FixedThreshold(threshold),
            Description = string.Create(CultureInfo.InvariantCulture, $"{protocol.Description}; but the threshold fixed at {threshold}"),
        };
    }
}
