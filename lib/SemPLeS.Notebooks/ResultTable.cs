using SemPLeS.Experiments;

namespace SemPLeS.Notebooks;

/// <summary>Tables of stored results, and of results beside the paper's.</summary>
public static class ResultTable
{
    private const string Absent = "\u2013";

    /// <summary>A row for each number that was measured, a column for each world; mean and standard deviation where there are several worlds.</summary>
    /// <param name="records">At least one record; all of one preset and training seed.</param>
    /// <exception cref="ArgumentException">There is no record.</exception>
    public static TableSection OfWorlds(IReadOnlyList<ResultRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        if (records.Count == 0)
            throw new ArgumentException("There is no record.", nameof(records));
        var worlds = records.Select(record => record.World).Distinct().ToArray();
        var hasRows = records.Select(record => record.Row).Distinct().Count() > 1;
        var several = worlds.Length > 1;
        return new TableSection(
            "Results",
            [
                .. hasRows ? new[] { new TableColumn("row") } : [],
                new TableColumn("metric"),
                new TableColumn("split"),
                .. worlds.Select(world => new TableColumn(WorldName(records[0].Preset, world), IsNumeric: true)),
                .. several ? new[] { new TableColumn("mean", IsNumeric: true), new TableColumn("s.d.", IsNumeric: true) } : [],
            ],
            [.. ResultSummary.Of(records).Select(summary => (IReadOnlyList<string>)
            [
                .. hasRows ? new[] { summary.Row } : [],
                summary.Metric,
                summary.Split,
                .. worlds.Select(world => Number(records.FirstOrDefault(record =>
                    (record.World, record.Row, record.Split, record.Metric) == (world, summary.Row, summary.Split, summary.Metric))?.Value)),
                .. several ? new[] { Number(summary.Mean), Number(summary.StandardDeviation) } : [],
            ])])
        {
            Text = "From results.json: seconds of training, all else in percent." + (several ? " s.d.: standard deviation over worlds, each with its own pictures and its own pre-trained generator." : string.Empty),
        };
    }

    /// <summary>The paper's numbers, what was measured, and the difference.</summary>
    /// <param name="heading">The table's heading.</param>
    /// <param name="paperColumn">Where the paper's numbers are from, such as paper, VOC train.</param>
    /// <param name="measuredColumn">Where the measured ones are from, such as mini, 3 seeds.</param>
    /// <param name="rows">The rows; one that is not measured says so.</param>
    public static TableSection BesidePaper(string heading, string paperColumn, string measuredColumn, IReadOnlyList<ComparedResult> rows)
    {
        ArgumentNullException.ThrowIfNull(rows);
        return new TableSection(
            heading,
            [new TableColumn(""), new TableColumn(paperColumn, IsNumeric: true), new TableColumn(measuredColumn, IsNumeric: true), new TableColumn("difference", IsNumeric: true)],
            [.. rows.Select(row => (IReadOnlyList<string>)
            [
                row.Name,
                row.Paper is null ? "not given" : Number(row.Paper),
                row.Measured is { } measured ? ChartNumbers.Text(measured, row.Spread ?? double.NaN, decimals: 1) : "not measured",
                (row.Measured - row.Paper) is { } difference ? ChartNumbers.Signed(difference) : Absent,
            ])])
        {
            Text = rows.Any(row => row.Spread is not null) ? "\u00b1: standard deviation." : "",
        };
    }

    /// <summary>What tables call a world of the miniature preset, or a data set.</summary>
    /// <param name="preset">The preset's name.</param>
    /// <param name="world">The world, or the data set.</param>
    public static string WorldName(string preset, string world) => preset == MiniPreset.Name ? $"world {world}" : world;

    private static string Number(double? value) => ChartNumbers.Text(value ?? double.NaN, decimals: 1);
}
