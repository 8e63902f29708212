using System.Globalization;
using SemPLeS.Experiments;
using SemPLeS.Training;

namespace SemPLeS.Notebooks;

/// <summary>The whole method on miniature worlds, a row for each stage.</summary>
public static class StageTables
{
    private static readonly (string Heading, string Split, string Metric)[] Scores =
    [
        ("seed mIoU", "train", "seed_miou"),
        ("false act.", "train", "false_activation"),
        ("mIoU, val", "val", "val_miou"),
        ("false, val", "val", "false_activation"),
    ];

    /// <summary>Scores and seconds of each stage; of several worlds mean and standard deviation; beside them what the reference measured.</summary>
    /// <param name="records">Of one preset and training seed.</param>
    public static TableSection Stages(IReadOnlyList<ResultRecord> records)
    {
        var worlds = records.Select(record => record.World).Distinct().Count();
        var summaries = Summaries(records);
        var columns = Scores.SelectMany(score => MiniReference.Figures.Any(figure => figure.Split == score.Split && figure.Metric == score.Metric)
            ? new[] { score.Heading, "reference" }
            : [score.Heading]);
        return new TableSection(
            "Stages",
            [new TableColumn("stage"), .. columns.Append("seconds").Select(heading => new TableColumn(heading, IsNumeric: true))],
            [.. records.Where(record => record.Metric == "seconds").Select(record => record.Row).Distinct().Select(Row)])
        {
            Text = "False act.: false activation, of the pixels that show the background of a class in the picture and no object the share that is labelled as the class. All in percent but the seconds of training. "
                + (worlds > 1
                    ? $"Mean ± standard deviation over {worlds} worlds, each with its own drawings, CLIP and pre-trained generator; the reference is the prototype's mean over five worlds of its own and their range."
                    : "The reference is the range of the prototype's five worlds; a single world is noisy by 3 points."),
        };

        IReadOnlyList<string> Row(string row) =>
        [
            Title(row),
            .. Scores.SelectMany(score => Cells(row, score.Split, score.Metric)),
            Whole(summaries.GetValueOrDefault((row, "train", "seconds"))?.Mean ?? double.NaN),
        ];

        IEnumerable<string> Cells(string row, string split, string metric)
        {
            yield return Mean(summaries.GetValueOrDefault((row, split, metric)));
            if (!MiniReference.Figures.Any(figure => figure.Split == split && figure.Metric == metric))
                yield break;
            yield return MiniReference.Find(row, split, metric) is not { } figure ? Number(double.NaN)
                : (worlds > 1 ? $"{Number(figure.Mean)}: " : string.Empty) + $"{Whole(figure.Low)}–{Whole(figure.High)}";
        }
    }

    /// <summary>Seed mIoU and, in brackets, false activation of each stage in each world, and what stage c gains over stage a.</summary>
    /// <param name="records">Of one preset and training seed, of several worlds.</param>
    public static TableSection Worlds(IReadOnlyList<ResultRecord> records)
    {
        var worlds = records.Select(record => record.World).Distinct().ToArray();
        var train = records.Where(record => record.Split == "train").ToDictionary(record => (record.Row, record.World, record.Metric), record => record.Value);
        var rows = records.Where(record => record.Metric == "seed_miou").Select(record => record.Row).Distinct().Select(IReadOnlyList<string> (row) =>
            [Title(row), .. worlds.Select(world => $"{Number(Value(row, world, "seed_miou"))} ({Whole(Value(row, world, "false_activation"))})")]);
        var gains = worlds.Select(world => Value(StageRefinement.Name, world, "seed_miou") - Value(StageMatching.Name, world, "seed_miou")).ToArray();
        return new TableSection(
            "Stages in each world", [new TableColumn("stage"), .. worlds.Select(world => new TableColumn($"world {world}", IsNumeric: true))], [.. rows])
        {
            Text = "Seed mIoU on the training split, in brackets the false activation, in percent.",
            Summary = [["c - a", .. gains.Select(gain => double.IsNaN(gain) ? Number(gain) : gain.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture))]],
        };

        double Value(string row, string world, string metric) => train.GetValueOrDefault((row, world, metric), double.NaN);
    }

    /// <summary>Masks and segmentation beside the seeds that they come from; of several worlds mean and standard deviation.</summary>
    /// <param name="records">Of one preset and training seed.</param>
    /// <returns>Null where no Segmenter was trained.</returns>
    public static TableSection? Segmentation(IReadOnlyList<ResultRecord> records)
    {
        var rows = records.Where(record => record.Metric == "mask_retrained_miou").Select(record => record.Row).Distinct().ToArray();
        if (rows.Length == 0)
            return null;
        var summaries = Summaries(records);
        return new TableSection(
            "Masks and segmentation",
            [new TableColumn("masks"), .. new[] { "seed", "mask (CRF)", "mask (retrained)", "val", "seconds" }.Select(heading => new TableColumn(heading, IsNumeric: true))],
            [.. rows.Select(IReadOnlyList<string> (row) =>
            [
                Title(row),
                Cell(row, "seed_miou", "train"),
                Cell(row, "mask_crf_miou", "train"),
                Cell(row, "mask_retrained_miou", "train"),
                Cell(row, "val_retrained_miou", "val"),
                Whole(summaries.GetValueOrDefault((row, "train", "retraining_seconds"))?.Mean ?? double.NaN),
            ])])
        {
            Text = "mIoU in percent, on the training split but for val; seconds of the Segmenter's training. Mask (CRF): the seeds after a dense CRF. A Segmenter learns those masks; mask (retrained): its own labels of the training pictures, val: of pictures that nothing learned from, both after a CRF. "
                + "Supervised: the same Segmenter on the true masks, the upper bound.",
        };

        string Cell(string row, string metric, string split) => Mean(summaries.GetValueOrDefault((row, split, metric)));
    }

    /// <summary>What tables call a row: "stage c" for stage-c.</summary>
    public static string Title(string row) => row.Replace('-', ' ');

    private static Dictionary<(string Row, string Split, string Metric), ResultSummary> Summaries(IEnumerable<ResultRecord> records) =>
        ResultSummary.Of(records).ToDictionary(summary => (summary.Row, summary.Split, summary.Metric));

    /// <summary>The mean and, over several worlds, the standard deviation; a dash where nothing was measured.</summary>
    private static string Mean(ResultSummary? summary) => ChartNumbers.Text(summary?.Mean ?? double.NaN, summary?.StandardDeviation ?? double.NaN, decimals: 1);

    private static string Number(double value) => ChartNumbers.Text(value, decimals: 1);

    private static string Whole(double value) => ChartNumbers.Text(value, decimals: 0);
}
