using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using SemPLeS.PseudoMasks;

namespace SemPLeS.Cli.Commands;

/// <summary>Scores label maps or CAMs, of whatever method, against masks.</summary>
internal sealed class EvaluateCommand : SemplesCommand
{
    private readonly Option<string> _predictions = new("--predictions") { Description = "Folder of label maps, ID.png: palette or grey PNG, the value is the label, or RGB in VOC's colours; or of CAMs, ID.npy or ID.safetensors.", HelpName = "FOLDER", Required = true };
    private readonly Option<string?> _voc = CommonOptions.Voc();
    private readonly Option<string> _split = new("--split") { Description = "With --voc: the id list's name.", HelpName = "NAME", DefaultValueFactory = _ => "val" };
    private readonly Option<string?> _truth = new("--truth") { Description = "Or: a folder of masks; each needs a label map of the same name.", HelpName = "FOLDER" };
    private readonly Option<string> _classes = new("--classes") { Description = "With --truth: whose classes the labels are, voc or mini.", HelpName = "NAME", DefaultValueFactory = _ => "voc" };
    private readonly Option<double?> _threshold = new("--threshold") { Description = "With CAMs: a fixed background threshold in 0..1. [default: the best of .05, .06 ... .95]", HelpName = "T" };
    private readonly Option<string?> _record = new("--output") { Description = "File for the record of the scores (JSON); the table (CSV) lies beside it. [default: evaluation.json in the folder of the predictions]", HelpName = "FILE" };

    public EvaluateCommand(Terminal terminal)
        : base("evaluate", "Scores label maps or CAMs against masks: IoU of each class, mIoU, false positive and false negative rates, all in percent; pixels of value 255 in a mask do not count.", terminal)
    {
        _classes.AcceptOnlyFromAmong("voc", "mini");
        foreach (var option in new Option[] { _predictions, _voc, _split, _truth, _classes, _threshold, _record })
            Add(option);
        Validators.Add(result =>
        {
            if (result.GetResult(_record) is { Tokens: [var file] } && Path.GetExtension(file.Value) == ".csv")
                result.AddError("--output is the JSON file; the CSV file gets the same name.");
            if (result.GetResult(_voc) is null == result.GetResult(_truth) is null)
                result.AddError("Say either --voc PATH or --truth FOLDER.");
        });
    }

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var (started, start) = (Terminal.Time.GetUtcNow(), Terminal.Time.GetTimestamp());
        var predictions = parsed.GetRequiredValue(_predictions);
        var path = parsed.GetValue(_record) ?? Path.Combine(predictions, "evaluation.json");
        var (record, scores, classNames) = Score(parsed, predictions);
        var threshold = record.Threshold is { } value ? FormattableString.Invariant($", background threshold {value:0.00##}") : "";
        Tables.Scores(Terminal, $"{predictions}, {record.Images} {(record.Threshold is null ? "label maps" : "pictures' CAMs")}{threshold}", classNames, record.Split, scores);
        new RunRecord<ScoreRecord>(
            CommonOptions.CommandLine(parsed), MachineRecord.Of(1, TorchSharp.torch.CPU), started, Terminal.Time.GetElapsedTime(start).TotalSeconds, [record])
            .Write(path);
        ScoreFile.WriteCsv(record, Path.ChangeExtension(path, ".csv"));
    }

    private (ScoreRecord Record, SegmentationScores Scores, IReadOnlyList<string> ClassNames) Score(ParseResult parsed, string predictions)
    {
        var extension = new[] { CamFile.Npy, CamFile.Safetensors }.FirstOrDefault(extension => CamFolders.HasCams(predictions, extension));
        ThresholdRule rule = parsed.GetValue(_threshold) is { } fixedAt ? new FixedThreshold(fixedAt) : PhotographPreset.Accurate.Rule;
        if (extension is null && parsed.GetValue(_threshold) is not null)
            throw new ArgumentException($"--threshold goes with CAMs; {predictions} holds label maps.");
        if (parsed.GetValue(_voc) is { } folder)
        {
            var split = parsed.GetRequiredValue(_split);
            var photographs = VocDataset.Open(folder, split);
            CommonOptions.TellSkipped(Terminal, photographs, split);
            return extension is null
                ? Of(split, photographs.Count, LabelFolders.Score(predictions, photographs, Terminal.Cancellation), null, photographs.ClassNames)
                : Of(split, photographs.Count, CamFolders.Score(predictions, extension, photographs, rule, Terminal.Cancellation), photographs.ClassNames);
        }

        var classNames = parsed.GetRequiredValue(_classes) == "mini" ? MiniWorldClasses.Objects : VocClasses.Names;
        var (truth, labels) = (parsed.GetRequiredValue(_truth)!, classNames.Count + 1);
        if (extension is null)
        {
            var (scores, images) = LabelFolders.Score(predictions, truth, labels, Terminal.Cancellation);
            return Of("truth", images, scores, null, classNames);
        }

        var (result, count) = CamFolders.Score(predictions, extension, truth, labels, rule, Terminal.Cancellation);
        return Of("truth", count, result, classNames);
    }

    private static (ScoreRecord Record, SegmentationScores Scores, IReadOnlyList<string> ClassNames) Of(string split, int images, ThresholdResult result, IReadOnlyList<string> classNames) =>
        Of(split, images, result.Scores, result.Threshold, classNames);

    private static (ScoreRecord Record, SegmentationScores Scores, IReadOnlyList<string> ClassNames) Of(
        string split, int images, SegmentationScores scores, float? threshold, IReadOnlyList<string> classNames) =>
        (ScoreRecord.Of(split, images, scores, classNames) with { Threshold = threshold }, scores, classNames);
}
