using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Data;
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
    private readonly Option<int?> _merge = new("--merge") { Description = "Add up what --shard 1/N to N/N have counted in --output, to the scores of the whole split.", HelpName = "N" };
    private readonly HardwareOptions _hardware;
    private readonly ShardOptions _shards;

    public SeedsCommand(Terminal terminal)
        : base("seeds", "Scores the seeds of a trained mask generator: IoU of each class, mIoU in percent, threshold.", terminal)
    {
        _seeds = new SeedOptions(this);
        Add(_output);
        _hardware = new HardwareOptions(this);
        _shards = new ShardOptions(this, _output);
        _merge.Validators.Add(Checks.AtLeast(1));
        Add(_merge);
        Validators.Add(result =>
        {
            if (result.GetResult(_merge) is not null && result.GetResult(_output) is null)
                result.AddError($"{_merge.Name} needs {_output.Name}.");
        });
    }

    /// <inheritdoc/>
    public override string AfterStop => "Label maps that were written are complete; the same command begins anew.";

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var (started, start) = (Terminal.Time.GetUtcNow(), Terminal.Time.GetTimestamp());
        var output = parsed.GetValue(_output);
        if (output is not null && _shards.Submitted(parsed, Terminal, output, parts => $"{_merge.Name} {parts}", () => _seeds.Price(parsed, Terminal), _hardware, _seeds.ArePhotographs(parsed)))
            return;
        var hardware = _hardware.Use(parsed);
        if (output is not null)
            OutputFolder.RequireWritable(output);
        using var generator = _seeds.Load(parsed).to(hardware.Device);
        var images = _seeds.Images(parsed, Terminal, generator);
        var (part, merged) = (_shards.Part(parsed), parsed.GetValue(_merge));
        if (!images.HasTruth && (!_seeds.HasThreshold(parsed) || output is null || part is not null || merged is not null))
            throw new ArgumentException($"The photographs of {_seeds.Split(parsed)} have no masks, so that no threshold can be chosen and nothing be scored: say --threshold T and --output FOLDER to have label maps written.");
        var protocol = _seeds.Protocol(parsed);
        var score = new PlannedScore(_seeds.Split(parsed), images, protocol);
        var options = new ExperimentOptions { Folder = output ?? ".", Device = hardware.Device, Workers = hardware.Workers, Time = Terminal.Time };
        var extractor = new CamExtractor(generator, protocol.Cams, hardware.Device);
        if (part is not null)
        {
            CountPart(score with { Images = _shards.Of(parsed, images) }, images, extractor, part.Value, output!, hardware.Workers);
            return;
        }

        MeasuredScore? measured = merged is { } parts ? Merge(score, extractor, parts, output!, start) : null;
        if (merged is null)
        {
            ProgressDisplay.Show(Terminal, display =>
            {
                if (images.HasTruth)
                    measured = Phase1Experiment.Score(generator, score, options with { Scoring = display.Report }, Terminal.Cancellation);
                if (output is not null)
                {
                    var threshold = measured?.Evaluation.Seeds.Threshold ?? protocol.Rule.Levels[0];
                    SeedLabels.Write(extractor, images, threshold, output, hardware.Workers, done => display.Report(score, done, images.Count), Terminal.Cancellation);
                }
            });
        }

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
        Terminal.Output.WriteLine(merged is null ? $"{images.Count} label maps: {output}" : $"Scores: {Path.Combine(output, "seeds.json")}");
    }

    /// <summary>Counts a part of the pictures, and keeps the counts beside the other parts'.</summary>
    private void CountPart(PlannedScore score, ILabelledImages whole, CamExtractor extractor, (int Part, int Parts) part, string output, int workers)
    {
        SeedCounts? counts = null;
        ProgressDisplay.Show(Terminal, display => counts = SeedCounts.Of(
            extractor, score.Images, score.Protocol.Rule, workers, done => display.Report(score, done, score.Images.Count), Terminal.Cancellation));
        var path = PartPath(output, part);
        counts!.Save(path, Settings(score, whole, extractor));
        Terminal.Output.WriteLine($"Counts of {counts.Images} pictures: {path}");
    }

    /// <summary>The scores of the whole from the counts of its parts.</summary>
    private MeasuredScore Merge(PlannedScore score, CamExtractor extractor, int parts, string output, long start)
    {
        var settings = Settings(score, score.Images, extractor);
        var missing = Enumerable.Range(1, parts).Where(part => !File.Exists(PartPath(output, (part, parts)))).ToArray();
        if (missing.Length > 0)
            throw new FileNotFoundException($"Of {parts} parts, {string.Join(", ", missing)} {(missing.Length == 1 ? "is" : "are")} not counted yet: {PartPath(output, (missing[0], parts))} is missing.");
        var counts = Enumerable.Range(1, parts).Select(part => SeedCounts.Load(PartPath(output, (part, parts)), settings, score.Images, score.Protocol.Rule)).ToArray();
        foreach (var other in counts[1..])
            counts[0].Merge(other);
        return counts[0].Images == score.Images.Count ? new MeasuredScore(score.Split, score.Protocol, counts[0].Evaluate(), Terminal.Time.GetElapsedTime(start).TotalSeconds)
            : throw new InvalidDataException($"The parts in {output} are of {counts[0].Images} pictures, and the split has {score.Images.Count}.");
    }

    private static string PartPath(string output, (int Part, int Parts) part) => Path.Combine(output, "shards", ShardOptions.FileName("seeds", part));

    private static SortedDictionary<string, string> Settings(PlannedScore score, ILabelledImages whole, CamExtractor extractor)
    {
        var settings = SettingsText.Of(score.Protocol);
        (settings["Weights"], settings["Images"]) = (extractor.WeightsFingerprint, Fingerprint.Of(whole));
        return settings;
    }
}
