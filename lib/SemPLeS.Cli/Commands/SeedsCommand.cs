using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Experiments;
using SemPLeS.PseudoMasks;
using SemPLeS.Training;
using TorchSharp;

namespace SemPLeS.Cli.Commands;

/// <summary>Scores the seeds of any trained generator, and writes them as label maps.</summary>
internal sealed class SeedsCommand : SemplesCommand
{
    private readonly SeedOptions _seeds;
    private readonly Option<string?> _output = new("--output") { Description = "Folder for the label maps, ID.png with VOC's palette, and seeds.json.", HelpName = "FOLDER" };
    private readonly HardwareOptions _hardware;

    public SeedsCommand(Terminal terminal)
        : base("seeds", "Scores the seeds of a trained mask generator: IoU of each class, mIoU in percent, threshold.", terminal)
    {
        _seeds = new SeedOptions(this);
        Add(_output);
        _hardware = new HardwareOptions(this);
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
        using var generator = _seeds.Load(parsed).to(hardware.Device);
        var images = _seeds.Images(parsed, Terminal, generator);
        if (!images.HasTruth && (!_seeds.HasThreshold(parsed) || output is null))
            throw new ArgumentException($"The photographs of {_seeds.Split(parsed)} have no masks, so that no threshold can be chosen and nothing be scored: say --threshold T and --output FOLDER to have label maps written.");
        var protocol = _seeds.Protocol(parsed);
        var score = new PlannedScore(_seeds.Split(parsed), images, protocol);
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
}
