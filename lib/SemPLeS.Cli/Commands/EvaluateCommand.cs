using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;

namespace SemPLeS.Cli.Commands;

/// <summary>Scores label maps, of whatever method, against masks.</summary>
internal sealed class EvaluateCommand : SemplesCommand
{
    private readonly Option<string> _predictions = new("--predictions") { Description = "Folder of label maps, ID.png: palette or grey PNG, the value is the label.", HelpName = "FOLDER", Required = true };
    private readonly Option<string?> _voc = CommonOptions.Voc();
    private readonly Option<string> _split = new("--split") { Description = "With --voc: the id list's name.", HelpName = "NAME", DefaultValueFactory = _ => "val" };
    private readonly Option<string?> _truth = new("--truth") { Description = "Or: a folder of masks; each needs a label map of the same name.", HelpName = "FOLDER" };
    private readonly Option<string> _classes = new("--classes") { Description = "With --truth: whose classes the labels are, voc or mini.", HelpName = "NAME", DefaultValueFactory = _ => "voc" };
    private readonly Option<string?> _record = new("--output") { Description = "File for the record of the scores (JSON). [default: evaluation.json in the folder of the label maps]", HelpName = "FILE" };

    public EvaluateCommand(Terminal terminal)
        : base("evaluate", "Scores label maps against masks: IoU of each class, mIoU, false positive and false negative rates, all in percent; pixels of value 255 in a mask do not count.", terminal)
    {
        _classes.AcceptOnlyFromAmong("voc", "mini");
        foreach (var option in new Option[] { _predictions, _voc, _split, _truth, _classes, _record })
            Add(option);
        Validators.Add(result =>
        {
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
        var (split, images, scores, classNames) = Score(parsed, predictions);
        Tables.Scores(Terminal, $"{predictions}, {images} label maps", classNames, split, scores);
        new RunRecord<ScoreRecord>(
            CommonOptions.CommandLine(parsed), MachineRecord.Of(1, TorchSharp.torch.CPU), started, Terminal.Time.GetElapsedTime(start).TotalSeconds, [ScoreRecord.Of(split, images, scores, classNames)])
            .Write(path);
    }

    private (string Split, int Images, SegmentationScores Scores, IReadOnlyList<string> ClassNames) Score(ParseResult parsed, string predictions)
    {
        if (parsed.GetValue(_voc) is { } folder)
        {
            var split = parsed.GetRequiredValue(_split);
            var photographs = VocDataset.Open(folder, split);
            CommonOptions.TellSkipped(Terminal, photographs, split);
            return (split, photographs.Count, LabelFolders.Score(predictions, photographs, Terminal.Cancellation), photographs.ClassNames);
        }

        var classNames = parsed.GetRequiredValue(_classes) == "mini" ? MiniWorldClasses.Objects : VocClasses.Names;
        var (scores, images) = LabelFolders.Score(predictions, parsed.GetRequiredValue(_truth)!, classNames.Count + 1, Terminal.Cancellation);
        return ("truth", images, scores, classNames);
    }
}
