using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.PseudoMasks;
using SemPLeS.Training;
using TorchSharp;

namespace SemPLeS.Cli.Commands;

/// <summary>Writes the pseudo masks of a split: seeds, then a dense CRF.</summary>
internal sealed class MasksCommand : SemplesCommand
{
    private readonly SeedOptions _seeds;
    private readonly Option<string?> _crf = new("--crf")
    {
        Description = "Constants of the dense CRF: voc, coco, mini; or none, for hard labels alone. [default: voc for photographs, mini for a world]",
        HelpName = "NAME",
    };

    private readonly Option<string> _cams = new("--cams")
    {
        Description = "Whether CAMs are kept too: none, npy (a pickled dictionary {class from 0: float32 map}, as published scripts read it), safetensors.",
        HelpName = "FORMAT",
        DefaultValueFactory = _ => "none",
    };

    private readonly Option<string> _output = new("--output")
    {
        Description = "Folder for masks/ID.png with VOC's palette, cams, settings.json, and masks.json, the record.",
        HelpName = "FOLDER",
        Required = true,
    };

    private readonly Option<bool> _fresh = CommonOptions.Fresh();
    private readonly HardwareOptions _hardware;
    private readonly ShardOptions _shards;

    public MasksCommand(Terminal terminal)
        : base("masks", "Writes the pseudo masks of a split: CAMs of a trained generator, hard labels at a background threshold, dense CRF. Masks that are there already are kept; damaged pictures are left out and listed.", terminal)
    {
        _seeds = new SeedOptions(this);
        _crf.AcceptOnlyFromAmong("voc", "coco", "mini", "none");
        _cams.AcceptOnlyFromAmong("none", "npy", "safetensors");
        foreach (var option in new Option[] { _crf, _cams, _output, _fresh })
            Add(option);
        _hardware = new HardwareOptions(this);
        _shards = new ShardOptions(this, _output);
        Validators.Add(result =>
        {
            if (!_seeds.HasThreshold(result) && _shards.IsGiven(result))
                result.AddError("Parts need --threshold T, the same for all: `semples seeds` chooses one.");
        });
    }

    /// <inheritdoc/>
    public override string AfterStop => "Masks that were written are complete; the same command, without --fresh, writes the others.";

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var (started, start) = (Terminal.Time.GetUtcNow(), Terminal.Time.GetTimestamp());
        var output = parsed.GetRequiredValue(_output);
        // The same command without a part finds all masks there, and scores them.
        if (_shards.Submitted(parsed, Terminal, output, _ => string.Empty, () => _seeds.Price(parsed, Terminal, isRefined: Crf(parsed) is not null), _hardware, _seeds.ArePhotographs(parsed)))
            return;
        var (hardware, part) = (_hardware.Use(parsed), _shards.Part(parsed));
        OutputFolder.RequireWritable(output);
        using var generator = _seeds.Load(parsed).to(hardware.Device);
        var whole = _seeds.Images(parsed, Terminal, generator, skipDamaged: true);
        var images = _shards.Of(parsed, whole);
        var protocol = _seeds.Protocol(parsed);
        var plan = new MaskPlan
        {
            Cams = new CamExtractor(generator, protocol.Cams, hardware.Device),
            Seeds = new PlannedScore(_seeds.Split(parsed), images, protocol),
            Crf = Crf(parsed),
            CamExtension = parsed.GetRequiredValue(_cams) switch { "npy" => CamFile.Npy, "safetensors" => CamFile.Safetensors, _ => null },
            Damaged = part is null or (1, _) ? (whole as VocDataset)?.Damaged ?? [] : [],
        };
        var options = new ExperimentOptions { Folder = output, Device = hardware.Device, Workers = hardware.Workers, Fresh = parsed.GetValue(_fresh), Time = Terminal.Time };

        MaskOutcome? outcome = null;
        ProgressDisplay.Show(Terminal, display => outcome = MaskFiles.Write(plan, options, display.Report, Terminal.Cancellation));
        var folder = Path.Combine(output, MaskFiles.MaskFolder);
        Terminal.Output.WriteLine($"{outcome!.Written} masks written, {outcome.Kept} kept, {outcome.Skipped.Count} pictures skipped; background threshold {FormattableString.Invariant($"{outcome.Threshold:0.00##}")}: {folder}");
        var record = part is { } own ? Path.Combine(output, "shards", ShardOptions.FileName("masks", own)) : Path.Combine(output, "masks.json");
        new RunRecord<MaskRecord>(
            CommonOptions.CommandLine(parsed),
            MachineRecord.Of(hardware.Workers, hardware.Device),
            started,
            Terminal.Time.GetElapsedTime(start).TotalSeconds,
            [Record(plan, outcome, folder)])
            .Write(record);
        if (outcome.Skipped.Count == 0)
            return;
        foreach (var picture in outcome.Skipped)
            Terminal.Error.WriteLine($"skipped {picture.Id}: {picture.Reason}");
        throw new InvalidDataException($"{outcome.Skipped.Count} pictures of {plan.Seeds.Split} were skipped; they are listed above and in {record}.");
    }

    private MaskRecord Record(MaskPlan plan, MaskOutcome outcome, string folder)
    {
        var images = plan.Seeds.Images;
        if (!images.HasTruth || outcome.Skipped.Count > 0)
            return MaskRecord.Of(plan, outcome, null);
        var scores = LabelFolders.Score(folder, images, Terminal.Cancellation);
        Tables.Scores(Terminal, $"Masks of {plan.Seeds.Split}, {images.Count} pictures, protocol {plan.Seeds.Protocol.Name}, {(plan.Crf is null ? "no CRF" : "dense CRF")}", images.ClassNames, plan.Seeds.Split, scores);
        return MaskRecord.Of(plan, outcome, ScoreRecord.Of(plan.Seeds.Split, images.Count, scores, images.ClassNames) with { ImagesFingerprint = Fingerprint.Of(images) });
    }

    private DenseCrfSettings? Crf(ParseResult parsed) => (parsed.GetValue(_crf) ?? (_seeds.ArePhotographs(parsed) ? "voc" : "mini")) switch
    {
        "voc" => DenseCrfSettings.VocLabels,
        "coco" => DenseCrfSettings.CocoLabels,
        "mini" => DenseCrfSettings.Mini,
        _ => null,
    };
}
