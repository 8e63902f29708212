using System.Globalization;

namespace SemPLeS.Notebooks;

/// <summary>Tables of segmentation scores.</summary>
public static class ScoreTable
{
    private const string Absent = "\u2013";

    /// <summary>IoU of each label in percent, one column for each method; then mIoU, error rates and, where known, threshold and false activation.</summary>
    /// <param name="heading">The section's heading.</param>
    /// <param name="labels">Names of the labels, background first.</param>
    /// <param name="columns">The methods, with as many IoU values as there are labels.</param>
    /// <exception cref="ArgumentException">A column has another number of labels.</exception>
    public static TableSection PerClass(string heading, IReadOnlyList<string> labels, IReadOnlyList<ScoreColumn> columns)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(columns);
        if (columns.FirstOrDefault(c => c.Scores.Iou.Count != labels.Count) is { } odd)
            throw new ArgumentException($"{odd.Name} has the IoU of {odd.Scores.Iou.Count} labels, not of {labels.Count}.", nameof(columns));
        var summary = new List<IReadOnlyList<string>>
        {
            Row("mIoU", c => Percent(c.Scores.MeanIou)),
            Row("false positives", c => Percent(c.Scores.FalsePositiveRate)),
            Row("false negatives", c => Percent(c.Scores.FalseNegativeRate)),
        };
        if (columns.Any(c => c.Threshold is not null))
            summary.Add(Row("background threshold", c => c.Threshold?.ToString("0.00#", CultureInfo.InvariantCulture) ?? Absent));
        if (columns.Any(c => c.FalseActivation is not null))
            summary.Add(Row("false activation", c => Percent(c.FalseActivation ?? double.NaN)));
        return new TableSection(
            heading,
            [new TableColumn("class"), .. columns.Select(c => new TableColumn(c.Name, IsNumeric: true))],
            [.. labels.Select((label, i) => Row(label, c => Percent(c.Scores.Iou[i])))])
        {
            Text = "Intersection over union of each class. All values but a threshold are percentages.",
            Summary = summary,
        };

        string[] Row(string name, Func<ScoreColumn, string> cell) => [name, .. columns.Select(cell)];
    }

    private static string Percent(double fraction) =>
        double.IsNaN(fraction) ? Absent : (100 * fraction).ToString("0.0", CultureInfo.InvariantCulture);
}
