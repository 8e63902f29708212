using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Prices;
using SemPLeS.PseudoMasks;
using SemPLeS.Segmentation;
using SemPLeS.Weights;
using TorchSharp;

namespace SemPLeS.Cli.Commands;

/// <summary>Labels photographs of which nothing is known but the photographs, such as VOC's test split.</summary>
internal sealed class LabelCommand : SemplesCommand
{
    private readonly Option<string> _weights = new("--weights") { Description = "The Segmenter, as `semples retrain` or `semples table 1` wrote it.", HelpName = "FILE", Required = true };
    private readonly Option<string> _voc = new("--voc") { Description = "Photographs in PASCAL VOC's layout: the folder that holds JPEGImages and id lists. Masks are not looked at.", HelpName = "PATH", Required = true };
    private readonly Option<string> _split = new("--split") { Description = "The id list's name.", HelpName = "NAME", DefaultValueFactory = _ => "test" };
    private readonly Option<string> _preset = new("--preset") { Description = $"Whose windows, scales and CRF: {PhotographPreset.Name} of `semples retrain`, or {string.Join(" or ", PaperPreset.Names)} of the tables.", HelpName = "NAME", DefaultValueFactory = _ => PhotographPreset.Name };
    private readonly Option<string> _output = new("--output") { Description = "Folder for the label maps, ID.png.", HelpName = "FOLDER", Required = true };
    private readonly HardwareOptions _hardware;
    private readonly ShardOptions _shards;

    public LabelCommand(Terminal terminal)
        : base("label", "Labels photographs with a trained Segmenter: windows, scales, mirror images and CRF of the test protocol. Neither masks nor labels are needed.", terminal)
    {
        _preset.AcceptOnlyFromAmong([PhotographPreset.Name, .. PaperPreset.Names]);
        foreach (var option in new Option[] { _weights, _voc, _split, _preset, _output })
            Add(option);
        _hardware = new HardwareOptions(this);
        _shards = new ShardOptions(this, _output);
    }

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var (split, output) = (parsed.GetRequiredValue(_split), Path.GetFullPath(parsed.GetRequiredValue(_output)));
        if (_shards.Submitted(parsed, Terminal, output, merge: null, () => Price(parsed), _hardware, arePhotographs: true))
            return;
        var hardware = _hardware.Use(parsed);
        OutputFolder.RequireWritable(output);
        var photographs = _shards.Of(parsed, Photographs(parsed));
        using var segmenter = Segmenter.Load(parsed.GetRequiredValue(_weights));
        segmenter.to(hardware.Device);
        var (settings, crf) = Protocol(parsed.GetRequiredValue(_preset));
        ProgressDisplay.Show(Terminal, display => RetrainingExperiment.Label(
            segmenter,
            settings,
            crf,
            split,
            photographs,
            output,
            new ExperimentOptions { Folder = output, Device = hardware.Device, Workers = hardware.Workers, Labelling = display.Report, Time = Terminal.Time },
            Terminal.Cancellation));
        Terminal.Output.WriteLine($"{photographs.Count} label maps: {output}");
    }

    private VocDataset Photographs(ParseResult parsed) => VocDataset.Open(parsed.GetRequiredValue(_voc), parsed.GetRequiredValue(_split), new VocOptions { Labels = VocLabelSource.None });

    private RunPrice Price(ParseResult parsed)
    {
        using var file = WeightsFile.Open(parsed.GetRequiredValue(_weights));
        var photographs = Photographs(parsed);
        return PriceEstimate.Labels(SegmenterSettings.Read(file), photographs, Protocol(parsed.GetRequiredValue(_preset)).Settings) + PriceEstimate.Crf(photographs);
    }

    private static (PredictionSettings Settings, DenseCrfSettings Crf) Protocol(string preset)
    {
        if (preset == PhotographPreset.Name)
            return (PhotographRetrainingPreset.Test, DenseCrfSettings.VocTest);
        var retraining = PaperPreset.Named(preset).Retraining;
        return (retraining.Test, retraining.Crf);
    }
}
