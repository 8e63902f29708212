using System.Globalization;
using SemPLeS.Cli.Display;
using SemPLeS.Experiments;
using SemPLeS.Notebooks;
using SemPLeS.Training;

namespace SemPLeS.Cli.Reports;

/// <summary>Tables that a terminal and a page show alike.</summary>
internal static class ResultTables
{
    /// <summary>The results of a run: of the whole method a row for each stage, of phase 1 alone a row for each metric.</summary>
    /// <param name="records">Of one preset and training seed.</param>
    public static IEnumerable<TableSection> Results(IReadOnlyList<ResultRecord> records)
    {
        if (records.All(record => record.Row == Phase1Outcome.Row))
            return [ResultTable.OfWorlds(records)];
        return new[]
        {
            records.Select(record => record.World).Distinct().Count() > 1 ? StageTables.Worlds(records) : null,
            StageTables.Stages(records),
            StageTables.Segmentation(records),
        }.OfType<TableSection>();
    }

    /// <summary>IoU of each class; for photographs also the mean over the classes that the training shows often.</summary>
    /// <param name="heading">The table's heading.</param>
    /// <param name="outcomes">At least one experiment; all of one preset.</param>
    /// <param name="split">The split whose scores are shown, a column for each stage; null shows all scores of phase 1.</param>
    public static TableSection PerClass(string heading, IReadOnlyList<SemPLeSOutcome> outcomes, string? split)
    {
        var (preset, images) = (outcomes[0].Phase1.Plan.Preset, outcomes[0].Phase1.Plan.Train);
        var columns = outcomes.SelectMany(outcome => Columns(outcome, split)
            .Select(column => outcomes.Count > 1 ? column with { Name = $"{ResultTable.WorldName(preset, outcome.Phase1.Plan.World)}, {column.Name}" } : column));
        var table = ScoreTable.PerClass(heading, [.. images.ClassNames.Prepend("background")], [.. columns]);
        if (preset != PhotographPreset.Name)
            return table;
        var frequent = FrequentClasses.Of(images);
        return table with
        {
            Summary =
            [
                .. table.Summary,
                [
                    $"mIoU of background and the {frequent.Count} classes of {FrequentClasses.LeastPictures} training pictures and more",
                    .. outcomes.SelectMany(outcome => outcome.Phase1.Scores).Select(score => Number(100 * FrequentClasses.MeanIou(score.Evaluation.Seeds.Scores, frequent))),
                ],
            ],
        };
    }

    /// <summary>The splits of which there is a table of classes: of phase 1 alone one table, under null, has a column for each; none where nothing was scored.</summary>
    public static IReadOnlyList<string?> Splits(SemPLeSOutcome outcome)
    {
        var scores = outcome.Phase1.Scores;
        if (scores.Count == 0)
            return [];
        return outcome.Stages.Count == 0 ? [null] : [.. scores.Select(score => score.Split).Distinct()];
    }

    private static IEnumerable<ScoreColumn> Columns(SemPLeSOutcome outcome, string? split) => split is null
        ? SeedColumns.Of(outcome.Phase1.Scores)
        : outcome.Generators.SelectMany(generator => SeedColumns.Of([.. generator.Scores.Where(score => score.Split == split)])
            .Select(column => column with { Name = StageTables.Title(generator.Row) }));

    /// <summary>IoU of each class of masks and segmentation.</summary>
    /// <param name="heading">The table's heading.</param>
    /// <param name="outcome">A run that trained Segmenters.</param>
    public static TableSection Segmentation(string heading, SemPLeSOutcome outcome) => ScoreTable.PerClass(
        heading,
        [.. outcome.Phase1.Plan.Train.ClassNames.Prepend("background")],
        [.. outcome.Segmentation.SelectMany(segmentation => new[]
        {
            segmentation.Masks is { } masks ? new ScoreColumn($"{StageTables.Title(segmentation.Row)}, mask (CRF)", masks) : null,
            new ScoreColumn($"{StageTables.Title(segmentation.Row)}, mask (retrained)", segmentation.Train.Scores!),
            new ScoreColumn($"{StageTables.Title(segmentation.Row)}, val", segmentation.Validation.Scores!),
        }.OfType<ScoreColumn>())]);

    /// <summary>Number, losses, learning rate and seconds of an epoch.</summary>
    public static IReadOnlyList<string> Epoch(EpochRecord epoch, IEnumerable<string> terms) =>
    [
        epoch.Epoch.ToString(CultureInfo.InvariantCulture),
        .. terms.Select(term => epoch.Losses[term].ToString("0.0000", CultureInfo.InvariantCulture)),
        epoch.LearningRate.ToString("0.0e0", CultureInfo.InvariantCulture),
        Number(epoch.Seconds),
    ];

    private static string Number(double? value) => value is { } known && double.IsFinite(known) ? known.ToString("0.0", CultureInfo.InvariantCulture) : "\u2013";
}
