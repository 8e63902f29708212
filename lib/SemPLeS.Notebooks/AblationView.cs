using System.Globalization;
using SemPLeS.Experiments.Ablations;

namespace SemPLeS.Notebooks;

/// <summary>What a page, a notebook and a terminal show of an ablation.</summary>
public static class AblationView
{
    private const string Absent = "\u2013";

    /// <summary>The table: mean and standard deviation over worlds, the difference to the first row beside the paper's, and what the numbers stand on.</summary>
    public static TableSection Table(AblationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var hasPaper = result.Table.PaperSource.Length > 0;
        return new TableSection(
            $"{result.Title}, on {result.Preset}",
            [
                new TableColumn("row"),
                .. result.Columns.Select(column => new TableColumn(column.Heading, IsNumeric: true)),
                new TableColumn("difference (95 %)", IsNumeric: true),
                .. hasPaper ? new[] { new TableColumn(result.Table.PaperSource, IsNumeric: true), new TableColumn("paper's diff.", IsNumeric: true) } : [],
            ],
            [.. result.Rows.Select(row => (IReadOnlyList<string>)
            [
                row.Name,
                .. result.Columns.Zip(row.Summaries, Number),
                row.Delta is null ? Absent : Interval(row.Delta),
                .. hasPaper ? new[] { row.Paper is { } paper ? ChartNumbers.Text(paper, 1) : "not given", row.PaperDelta is { } delta ? ChartNumbers.Signed(delta) : Absent } : [],
            ])])
        {
            Text = Conditions(result),
        };
    }

    /// <summary>The paper's rows, which stand apart; null where there are none.</summary>
    public static TableSection? Quotes(AblationTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return table.Quotes.Count == 0 ? null : new TableSection(
            "The paper's rows",
            [new TableColumn("method"), new TableColumn("venue"), .. AblationQuote.Headings.Select(heading => new TableColumn(heading, IsNumeric: true)), new TableColumn("here")],
            [.. table.Quotes.Select(quote => (IReadOnlyList<string>)[quote.Name, quote.Venue, .. quote.Values.Select(value => value is { } given ? ChartNumbers.Text(given, 1) : "not given"), quote.IsMeasured ? "above, on other data" : "not measured"])])
        {
            Text = "PASCAL VOC 2012 train, 1464 images, as given by SemPLeS.",
        };
    }

    /// <summary>The rows as a model zoo lists them: their numbers, and the command that makes each row alone.</summary>
    /// <param name="result">The table.</param>
    /// <param name="command">The command that makes the whole table, to which a row's name is added; null: a row has no command of its own.</param>
    public static TableSection Zoo(AblationResult result, string? command)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new TableSection(
            result.Title,
            [new TableColumn("row"), .. result.Columns.Select(column => new TableColumn(column.Heading, IsNumeric: true)), .. command is null ? [] : new[] { new TableColumn("command") }],
            [.. result.Rows.Select(row => (IReadOnlyList<string>)
            [
                row.Name,
                .. result.Columns.Zip(row.Summaries, Number),
                .. command is null ? [] : new[] { $"`{command} --row \"{row.Name}\"`" },
            ])])
        {
            Text = Conditions(result),
        };
    }

    /// <summary>The paper's claims and what the numbers say of them, a row each.</summary>
    public static TableSection Verdicts(AblationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new TableSection("What the numbers say", [new TableColumn("claim")], [.. result.Verdicts.Select(verdict => (IReadOnlyList<string>)[verdict.ToString()])])
        {
            Text = $"Rows are paired by {result.Unit}; the interval is Student's t for paired samples. A claim holds where the interval leaves out 0.",
        };
    }

    /// <summary>Table, verdicts and quoted rows as Markdown.</summary>
    public static string Markdown(AblationResult result)
    {
        var text = TableText.Markdown(Table(result)) + "\n" + string.Concat(result.Verdicts.Select(verdict => $"- {verdict}\n"));
        return Quotes(result.Table) is { } quotes ? text + "\n" + TableText.Markdown(quotes) : text;
    }

    /// <summary>A curve of gains where rows are numbers; else the first column as bars with their spread, the paper's number beside each.</summary>
    /// <exception cref="ArgumentException">No row was measured.</exception>
    public static Figure Chart(AblationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var column = result.Columns[0];
        var measured = $"{result.Preset}, {Count(result.Worlds.Count, result.Unit)}";
        var hasPaper = result.Rows.Any(row => row.Paper is not null);
        if (result.Table.ValueName is { } name)
            return Charts.Curves(Curve(result, name));

        return Charts.Bars(result.Title, $"{column.Heading} (%)", [.. result.Rows.Select(row => row.Name)],
        [
            new BarSeries(measured, [.. result.Rows.Select(row => row.Summaries[0]?.Mean ?? double.NaN)]) { Spread = [.. result.Rows.Select(row => row.Summaries[0]?.StandardDeviation ?? double.NaN)] },
            .. hasPaper ? new[] { new BarSeries(result.Table.PaperSource, [.. result.Rows.Select(row => row.Paper ?? double.NaN)]) } : [],
        ]);
    }

    /// <summary>What a column gains over the first row, over the rows' values: mean and interval, and the paper's gain where the column is the paper's.</summary>
    /// <param name="result">A table whose rows are numbers.</param>
    /// <param name="name">What the numbers are.</param>
    /// <param name="column">The column's place.</param>
    public static ChartSection Curve(AblationResult result, string name, int column = 0)
    {
        ArgumentNullException.ThrowIfNull(result);
        var measured = $"{result.Preset}, {Count(result.Worlds.Count, result.Unit)}";
        var heading = result.Columns[column].Heading;
        return new ChartSection(column == 0 ? result.Title : $"{result.Title}: {heading}", name, $"{heading}: gain over the first row (points)",
        [
            Line(measured, row => Gain(result, row, column)?.Mean),
            .. result.Worlds.Count > 1 ? new[] { Line("95 % interval, low", row => Gain(result, row, column)?.Low), Line("high", row => Gain(result, row, column)?.High) } : [],
            .. column == 0 && result.Rows.Any(row => row.Paper is not null) ? new[] { Line(result.Table.PaperSource, row => row.PaperDelta) } : [],
        ]);

        // The first row gains nothing over itself.
        ChartSeries Line(string series, Func<AblationRowResult, double?> value) =>
            new(series, [.. result.Rows.OrderBy(row => row.Value).Select(row => new ChartPoint(row.Value ?? double.NaN, row.Delta is null ? 0 : value(row) ?? double.NaN))]);
    }

    /// <summary>What each row gains over the first one on each world: the pairs behind the interval.</summary>
    /// <param name="result">A table of at least two rows.</param>
    /// <param name="column">The column's place; rows that have no such number are left out.</param>
    /// <exception cref="ArgumentException">No row but the first has the number.</exception>
    public static Figure Worlds(AblationResult result, int column = 0)
    {
        ArgumentNullException.ThrowIfNull(result);
        (string Name, double[] Gains)[] rows =
        [
            .. from row in result.Rows.Skip(1)
               where row.Summaries[column] is not null && result.Rows[0].Summaries[column] is not null
               select (row.Name, row.Summaries[column]!.ByWorld.Zip(result.Rows[0].Summaries[column]!.ByWorld, (value, other) => value - other).ToArray()),
        ];
        var values = new double[rows.Length, result.Worlds.Count];
        foreach (var (y, row) in rows.Index())
        {
            foreach (var (x, gain) in row.Gains.Index())
                values[y, x] = gain;
        }

        var reach = values.Cast<double>().Select(Math.Abs).DefaultIfEmpty(0).Max();
        return Charts.HeatMap(
            $"{result.Columns[column].Heading}: gain over \"{result.Rows[0].Name}\", {result.Unit} by {result.Unit}", result.Unit, "row", "gain (points)",
            [.. result.Worlds.Select(world => world.ToString(CultureInfo.InvariantCulture))], [.. rows.Select(row => row.Name)], values, (-reach, reach));
    }

    /// <summary>Columns in percent side by side, with their spread over worlds.</summary>
    /// <param name="result">The table.</param>
    /// <param name="columns">The columns' places.</param>
    /// <exception cref="ArgumentException">No row has one of the numbers.</exception>
    public static Figure Bars(AblationResult result, params IReadOnlyList<int> columns)
    {
        ArgumentNullException.ThrowIfNull(result);
        var measured = $"{result.Preset}, {Count(result.Worlds.Count, result.Unit)} (%)";
        var axis = columns is [var only] ? $"{result.Columns[only].Heading}: {measured}" : measured;
        return Charts.Bars(result.Title, axis, [.. result.Rows.Select(row => row.Name)], [.. columns.Select(column =>
            new BarSeries(result.Columns[column].Heading, [.. result.Rows.Select(row => row.Summaries[column]?.Mean ?? double.NaN)])
            {
                Spread = [.. result.Rows.Select(row => row.Summaries[column]?.StandardDeviation ?? double.NaN)],
            })]);
    }

    /// <summary>One column over another, a point for each row that has both.</summary>
    /// <param name="result">The table.</param>
    /// <param name="x">The place of the column that runs from left to right.</param>
    /// <param name="y">The place of the column that runs upwards.</param>
    /// <exception cref="ArgumentException">No row has both numbers.</exception>
    public static Figure Scatter(AblationResult result, int x, int y)
    {
        ArgumentNullException.ThrowIfNull(result);
        return Charts.Scatter($"{result.Title}: {result.Columns[y].Heading} and {result.Columns[x].Heading}", result.Columns[x].Heading, result.Columns[y].Heading,
        [
            new PointSeries($"{result.Preset}, {Count(result.Worlds.Count, result.Unit)}",
            [
                .. from row in result.Rows
                   where row.Summaries[x] is not null && row.Summaries[y] is not null
                   select new NamedPoint(row.Name, row.Summaries[x]!.Mean, row.Summaries[y]!.Mean),
            ]),
        ]);
    }

    /// <summary>Mean and spread over worlds; what is the same on all of them, such as a number of parameters, without.</summary>
    private static string Number(AblationColumn column, WorldSummary? summary) => summary switch
    {
        null => Absent,
        { StandardDeviation: 0 } => ChartNumbers.Text(summary.Mean, column.Decimals),
        _ => ChartNumbers.Text(summary.Mean, summary.StandardDeviation, column.Decimals),
    };

    private static PairedDifference? Gain(AblationResult result, AblationRowResult row, int column) =>
        row.Summaries[column] is { } one && result.Rows[0].Summaries[column] is { } other ? PairedDifference.Of(one.ByWorld, other.ByWorld) : null;

    private static string Conditions(AblationResult result)
    {
        var seeds = result.Rows.Select(row => row.Summaries[0]?.SeedDeviation ?? double.NaN).Where(double.IsFinite).ToArray();
        var each = result.Unit == "training seed" ? string.Empty : $", {Count(result.Seeds.Count, "training seed")} each";
        string[] parts =
        [
            $"In percent, cosines and seconds apart; mean \u00b1 standard deviation over {Count(result.Worlds.Count, result.Unit)}{each}; difference to the first row, paired by {result.Unit}, with its 95 % confidence interval.",
            seeds.Length > 0 ? $"From one training seed to another on one {result.Unit} the {result.Columns[0].Heading} differs by a standard deviation of {ChartNumbers.Text(seeds.Average(), 1)}." : string.Empty,
            result.Table.Remark,
            $"Seeds on {result.Split}; epoch: {result.EpochRule}; threshold: {result.ThresholdRule}.",
            string.Create(CultureInfo.InvariantCulture, $"{result.Runs} trainings, {result.DeviceHours:0.00} hours of {string.Join(" and of ", result.Hardware)}; version {string.Join(", ", result.Versions.Select(Version))}."),
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    /// <summary>"0.1.0+COMMIT" with as much of the commit as tells it from others.</summary>
    private static string Version(string version) => version.Split('+') is [var number, { Length: > 10 } commit] ? $"{number}, commit {commit[..10]}" : version;

    private static string Interval(PairedDifference difference) =>
        ChartNumbers.Signed(difference.Mean) + (difference.Worlds > 1 ? $" [{ChartNumbers.Signed(difference.Low)}, {ChartNumbers.Signed(difference.High)}]" : string.Empty);

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
