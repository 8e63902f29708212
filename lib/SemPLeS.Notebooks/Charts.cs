using Plotly.NET;
using SemPLeS.Evaluation;

namespace SemPLeS.Notebooks;

/// <summary>The charts of notebooks. All speak one language: <see cref="Palette"/>, axis titles with units, a text for each point under the mouse.</summary>
public static class Charts
{
    private const int LineHeight = 20;
    private const int Frame = 130;

    // More cells than this, or more names than this, can't be read.
    private const int MostWrittenCells = 150;
    private const int MostWrittenNames = 40;

    /// <summary>Groups of bars, each with an error bar where its spread is known.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="valueAxis">What the bars measure, with its unit, such as mIoU (%).</param>
    /// <param name="groups">Names of the groups, from left to right.</param>
    /// <param name="series">One bar of each group.</param>
    /// <exception cref="ArgumentException">There is no finite value, or a series has another number of values than there are groups.</exception>
    public static Figure Bars(string title, string valueAxis, IReadOnlyList<string> groups, IReadOnlyList<BarSeries> series)
    {
        Check(title, groups, series);
        var layout = ChartLayout.Titled(title, series.Count > 1);
        layout.barmode = "group";
        layout.xaxis = ChartLayout.Categories("");
        layout.yaxis = ChartLayout.Axis(valueAxis);
        return ChartLayout.Figure(title, [.. series.Select((bars, i) => Bar(bars, i, groups, isLying: false, series.Count > 1))], (Layout)layout, BarTable(title, valueAxis, groups, series), 420);
    }

    /// <summary>IoU of each label, and mIoU, of several methods or stages, as lying bars.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="labels">Names of the labels, background first.</param>
    /// <param name="columns">The methods, with as many IoU values as there are labels.</param>
    /// <exception cref="ArgumentException">A column has another number of labels, or none has a finite value.</exception>
    public static Figure PerClassIou(string title, IReadOnlyList<string> labels, IReadOnlyList<ScoreColumn> columns)
    {
        var values = ScoreTable.PerClass(title, labels, columns);
        string[] groups = [.. labels, "mIoU"];
        BarSeries[] series = [.. columns.Select(column => new BarSeries(column.Name, [.. column.Scores.Iou.Append(column.Scores.MeanIou).Select(iou => 100 * iou)]))];
        Check(title, groups, series);
        var layout = ChartLayout.Titled(title, series.Length > 1);
        layout.barmode = "group";
        layout.bargap = .3;
        layout.xaxis = ChartLayout.Axis("IoU (%)");
        layout.xaxis["range"] = new[] { 0, 100 };
        layout.yaxis = ChartLayout.Categories("", fromTop: true);
        layout.yaxis["tickmode"] = "array";
        layout.yaxis["tickvals"] = Texts(groups);
        layout.yaxis["ticktext"] = (string[])[.. Texts(labels), "<b>mIoU</b>"];
        return ChartLayout.Figure(
            title,
            [.. series.Select((bars, i) => Bar(bars, i, groups, isLying: true, series.Length > 1))],
            (Layout)layout,
            values,
            Frame + groups.Length * LineHeight * Math.Max(2, columns.Count + 1) / 2);
    }

    /// <summary>Lines, such as losses by epoch; a value that is not finite leaves a gap.</summary>
    /// <param name="chart">Heading, axes and lines. The same object makes the chart of a report's page.</param>
    /// <exception cref="ArgumentException">No point is finite.</exception>
    public static Figure Curves(ChartSection chart)
    {
        ArgumentNullException.ThrowIfNull(chart);
        var all = chart.Series.SelectMany(line => line.Points).ToArray();
        RequireData(all.Any(point => point.IsFinite), chart.Heading);
        var decimals = ChartNumbers.Decimals(all.Select(point => point.Y)) + 1;
        var layout = ChartLayout.Titled(chart.Heading, hasLegend: true);
        layout.xaxis = ChartLayout.Axis(chart.XAxis);
        layout.yaxis = ChartLayout.Axis(chart.YAxis);
        return ChartLayout.Figure(chart.Heading, [.. chart.Series.Select(Line)], (Layout)layout, chart, 420);

        Trace Line(ChartSeries line, int place)
        {
            var style = Palette.Style(place);
            dynamic trace = new Trace("scatter");
            trace.name = ChartLayout.Text(line.Name);
            trace.showlegend = true;
            trace.mode = "lines+markers";
            trace.x = ChartNumbers.Gaps(line.Points.Select(point => point.X));
            trace.y = ChartNumbers.Gaps(line.Points.Select(point => point.Y));
            trace.line = new { color = style.Color.Css, width = 2, dash = style.PlotlyDash };
            trace.marker = new { color = style.Color.Css, size = 7, symbol = style.Symbol };
            Hover(trace, line.Points.Select(point =>
                $"{line.Name}\n{chart.XAxis}: {ChartNumbers.Text(point.X, point.X == Math.Floor(point.X) ? 0 : 2)}\n{chart.YAxis}: {ChartNumbers.Text(point.Y, decimals)}"));
            return trace;
        }
    }

    /// <summary>A table of numbers as colours, with a colour bar; the numbers stand in the cells where there are few enough.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="xAxis">What the columns are.</param>
    /// <param name="yAxis">What the rows are.</param>
    /// <param name="valueAxis">What the numbers are, with their unit.</param>
    /// <param name="columns">Names of the columns, from left to right.</param>
    /// <param name="rows">Names of the rows, from the top.</param>
    /// <param name="values">rows x columns; NaN leaves a gap.</param>
    /// <param name="range">The ends of the colour bar; null for those of the values.</param>
    /// <exception cref="ArgumentException">The names don't fit the values, or no value is finite.</exception>
    public static Figure HeatMap(
        string title, string xAxis, string yAxis, string valueAxis, IReadOnlyList<string> columns, IReadOnlyList<string> rows, double[,] values, (double Low, double High)? range = null)
    {
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(values);
        if (values.GetLength(0) != rows.Count || values.GetLength(1) != columns.Count)
            throw new ArgumentException($"{values.GetLength(0)}x{values.GetLength(1)} values don't fit {rows.Count} rows and {columns.Count} columns.", nameof(values));
        RequireData(values.Cast<double>().Any(double.IsFinite), title);
        var decimals = ChartNumbers.Decimals(values.Cast<double>());
        dynamic trace = new Trace("heatmap");
        trace.x = Texts(columns);
        trace.y = Texts(rows);
        trace.z = Rows(ChartNumbers.Gaps);
        trace.colorscale = ChartLayout.Heat;
        if (range is var (low, high))
            (trace.zmin, trace.zmax) = (low, high);
        trace.colorbar = new { title = new { text = ChartLayout.Text(valueAxis), side = "right" }, thickness = 16, outlinewidth = 0 };
        trace.xgap = 1;
        trace.ygap = 1;
        trace.hoverongaps = false;
        trace.hoverinfo = "text";
        trace.hovertext = rows.Select((row, y) => columns.Select((column, x) => HoverText($"{yAxis}: {row}\n{xAxis}: {column}\n{valueAxis}: {ChartNumbers.Text(values[y, x], decimals)}")).ToArray()).ToArray();
        if (values.Length <= MostWrittenCells)
        {
            trace.text = Rows(row => row.Select(value => double.IsFinite(value) ? ChartNumbers.Text(value, decimals) : ""));
            trace.texttemplate = "%{text}";
        }

        var layout = ChartLayout.Titled(title, hasLegend: false);
        layout.xaxis = ChartLayout.Categories(xAxis);
        layout.yaxis = ChartLayout.Categories(yAxis, fromTop: true);
        layout.yaxis["showgrid"] = false;
        return ChartLayout.Figure(title, [(Trace)trace], (Layout)layout, new TableSection(
            title,
            [new TableColumn($"{yAxis} \\ {xAxis}"), .. columns.Select(column => new TableColumn(column, IsNumeric: true))],
            [.. rows.Select((row, y) => (IReadOnlyList<string>)[row, .. columns.Select((_, x) => ChartNumbers.Text(values[y, x], decimals))])])
        {
            Text = valueAxis,
        }, Frame + 40 + Math.Max(240, rows.Count * 26));

        T[] Rows<T>(Func<IEnumerable<double>, T> select) => [.. Enumerable.Range(0, rows.Count).Select(y => select(Enumerable.Range(0, columns.Count).Select(x => values[y, x])))];
    }

    /// <summary>A confusion matrix: of each true label's pixels, the share in percent that was given each label.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="labels">Names of the labels, background first.</param>
    /// <param name="matrix">The counts; a label that the truth has not leaves its row empty.</param>
    /// <exception cref="ArgumentException">The matrix has another number of labels, or counts nothing.</exception>
    public static Figure Confusion(string title, IReadOnlyList<string> labels, ConfusionMatrix matrix)
    {
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(matrix);
        if (labels.Count != matrix.Labels)
            throw new ArgumentException($"{labels.Count} names don't fit a matrix of {matrix.Labels} labels.", nameof(labels));
        var shares = new double[matrix.Labels, matrix.Labels];
        for (var truth = 0; truth < matrix.Labels; truth++)
        {
            var pixels = Enumerable.Range(0, matrix.Labels).Sum(prediction => matrix[truth, prediction]);
            for (var prediction = 0; prediction < matrix.Labels; prediction++)
                shares[truth, prediction] = pixels == 0 ? double.NaN : 100.0 * matrix[truth, prediction] / pixels;
        }

        return HeatMap(title, "predicted label", "true label", "share of the true label's pixels (%)", labels, labels, shares, (0, 100));
    }

    /// <summary>Points with their names beside them, where there are few enough; the names of all are shown under the mouse.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="xAxis">What runs from left to right, with its unit.</param>
    /// <param name="yAxis">What runs upwards, with its unit.</param>
    /// <param name="series">The points, by colour and marker.</param>
    /// <exception cref="ArgumentException">There is no point, or one is not finite.</exception>
    public static Figure Scatter(string title, string xAxis, string yAxis, IReadOnlyList<PointSeries> series)
    {
        ArgumentNullException.ThrowIfNull(series);
        NamedPoint[] all = [.. series.SelectMany(points => points.Points)];
        RequireData(all.Length > 0, title);
        if (all.FirstOrDefault(point => !double.IsFinite(point.X) || !double.IsFinite(point.Y)) is { } odd)
            throw new ArgumentException($"The point '{odd.Name}' is at {odd.X}, {odd.Y}.", nameof(series));
        var (xDecimals, yDecimals) = (ChartNumbers.Decimals(all.Select(point => point.X)), ChartNumbers.Decimals(all.Select(point => point.Y)));
        var layout = ChartLayout.Titled(title, series.Count > 1);
        layout.xaxis = ChartLayout.Axis(xAxis);
        layout.yaxis = ChartLayout.Axis(yAxis);
        var isNamed = series.Sum(points => points.IsPath ? 1 : points.Points.Count) <= MostWrittenNames;
        if (isNamed)
            layout.xaxis["range"] = WithRoomForNames(all);
        return ChartLayout.Figure(title, [.. series.Select(Points)], (Layout)layout, new TableSection(
            title,
            [new TableColumn("name"), new TableColumn("series"), new TableColumn(xAxis, IsNumeric: true), new TableColumn(yAxis, IsNumeric: true)],
            [.. series.SelectMany(points => points.Points.Select(point =>
                (IReadOnlyList<string>)[point.Name, points.Name, ChartNumbers.Text(point.X, xDecimals), ChartNumbers.Text(point.Y, yDecimals)]))]), 480);

        Trace Points(PointSeries points, int place)
        {
            var style = Palette.Style(place);
            dynamic trace = new Trace("scatter");
            trace.name = ChartLayout.Text(points.Name);
            trace.showlegend = series.Count > 1;
            trace.mode = (points.IsPath ? "lines+" : "") + (isNamed ? "markers+text" : "markers");
            trace.x = points.Points.Select(point => point.X).ToArray();
            trace.y = points.Points.Select(point => point.Y).ToArray();
            trace.text = Texts([.. points.Points.Select((point, i) => points.IsPath && i < points.Points.Count - 1 ? "" : point.Name)]);
            trace.textposition = "top center";
            trace.cliponaxis = false;
            trace.marker = new { color = style.Color.Css, size = points.IsPath ? 6 : 10, symbol = style.Symbol };
            if (points.IsPath)
                trace.line = new { color = style.Color.Css, width = 1.5 };
            Hover(trace, points.Points.Select(point =>
                $"{point.Name}{(series.Count > 1 ? $" ({points.Name})" : "")}\n{xAxis}: {ChartNumbers.Text(point.X, xDecimals)}\n{yAxis}: {ChartNumbers.Text(point.Y, yDecimals)}"));
            return trace;
        }
    }

    /// <summary>From left to right so much more than the points that half of the longest name, centred above a point at the edge, stays within.</summary>
    private static double[] WithRoomForNames(NamedPoint[] points)
    {
        var (low, high) = (points.Min(point => point.X), points.Max(point => point.X));
        var extent = high > low ? high - low : 1;
        var room = extent * Math.Max(.06, .006 * points.Max(point => point.Name.Length));
        return [low - room, high + room];
    }

    /// <summary>Pictures side by side that change with a slider, such as one image's CAMs at every epoch.</summary>
    /// <param name="title">What the chart shows.</param>
    /// <param name="stepName">What the slider runs over, such as epoch.</param>
    /// <param name="captions">What stands above each picture.</param>
    /// <param name="steps">The slider's positions, from left to right, with as many pictures as there are captions; the last is shown at first.</param>
    /// <exception cref="ArgumentException">There is no step or no caption, or a step has another number of pictures.</exception>
    public static Figure ImageSlider(string title, string stepName, IReadOnlyList<string> captions, IReadOnlyList<PictureStep> steps) =>
        ImageSliderChart.Build(title, stepName, captions, steps);

    /// <summary>Under the mouse stands this text and nothing else.</summary>
    private static void Hover(dynamic trace, IEnumerable<string> texts)
    {
        trace.hoverinfo = "text";
        trace.hovertext = texts.Select(HoverText).ToArray();
    }

    private static string HoverText(string text) => ChartLayout.Text(text).Replace("\n", "<br>", StringComparison.Ordinal);

    private static string[] Texts(IReadOnlyList<string> texts) => [.. texts.Select(ChartLayout.Text)];

    private static Trace Bar(BarSeries bars, int place, IReadOnlyList<string> groups, bool isLying, bool hasLegend)
    {
        var style = Palette.Style(place);
        var decimals = ChartNumbers.Decimals(bars.Values);
        dynamic trace = new Trace("bar");
        trace.name = ChartLayout.Text(bars.Name);
        trace.showlegend = hasLegend;
        object names = Texts(groups), values = ChartNumbers.Gaps(bars.Values);
        (trace.x, trace.y) = isLying ? (values, names) : (names, values);
        if (isLying)
            trace.orientation = "h";
        trace.marker = new { color = style.Color.Css, pattern = new { shape = style.Pattern, fillmode = "overlay", fgcolor = "#ffffff", fgopacity = .45, size = 6, solidity = .2 } };
        if (bars.Spread is { } spread)
            trace.error_y = new { type = "data", array = ChartNumbers.Gaps(spread), visible = true, thickness = 1.5, width = 4 };
        Hover(trace, groups.Select((group, i) => $"{group}\n{bars.Name}: {ChartNumbers.Text(bars.Values[i], bars.Spread?[i] ?? double.NaN, decimals)}"));
        return trace;
    }

    private static TableSection BarTable(string title, string valueAxis, IReadOnlyList<string> groups, IReadOnlyList<BarSeries> series) => new(
        title,
        [new TableColumn(""), .. series.Select(bars => new TableColumn(bars.Name, IsNumeric: true))],
        [.. groups.Select((group, i) => (IReadOnlyList<string>)
            [group, .. series.Select(bars => ChartNumbers.Text(bars.Values[i], bars.Spread?[i] ?? double.NaN, ChartNumbers.Decimals(bars.Values)))])])
    {
        Text = valueAxis,
    };

    private static void Check(string title, IReadOnlyList<string> groups, IReadOnlyList<BarSeries> series)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(series);
        foreach (var bars in series)
        {
            if (bars.Values.Count != groups.Count || (bars.Spread is { } spread && spread.Count != groups.Count))
                throw new ArgumentException($"'{bars.Name}' has {bars.Values.Count} values and {bars.Spread?.Count ?? 0} spreads for {groups.Count} groups.", nameof(series));
        }

        RequireData(series.SelectMany(bars => bars.Values).Any(double.IsFinite), title);
    }

    private static void RequireData(bool hasData, string title)
    {
        if (!hasData)
            throw new ArgumentException($"'{title}' has no finite value to draw.");
    }
}
