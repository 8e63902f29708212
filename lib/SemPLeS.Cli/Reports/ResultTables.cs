using System.Globalization;
using SemPLeS.Cli.Display;
using SemPLeS.Experiments;
using SemPLeS.Notebooks;
using SemPLeS.Training;

namespace SemPLeS.Cli.Reports;

/// <summary>Tables that a terminal and a page show alike.</summary>
internal static class ResultTables
{
    /// <summary>IoU of each class; for photographs also the mean over the classes that the training shows often.</summary>
    /// <param name="heading">The table's heading.</param>
    /// <param name="outcomes">At least one experiment; all of one preset.</param>
    public static TableSection PerClass(string heading, IReadOnlyList<Phase1Outcome> outcomes)
    {
        var (preset, images) = (outcomes[0].Plan.Preset, outcomes[0].Plan.Train);
        var columns = outcomes.SelectMany(outcome => SeedColumns.Of(outcome.Scores)
            .Select(column => outcomes.Count > 1 ? column with { Name = $"{ResultTable.WorldName(preset, outcome.Plan.World)}, {column.Name}" } : column));
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
                    .. outcomes.SelectMany(outcome => outcome.Scores).Select(score => Number(100 * FrequentClasses.MeanIou(score.Evaluation.Seeds.Scores, frequent))),
                ],
            ],
        };
    }

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
