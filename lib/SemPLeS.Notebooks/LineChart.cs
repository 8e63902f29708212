using System.Globalization;
using System.Text;

namespace SemPLeS.Notebooks;

/// <summary>
/// Draws a chart as SVG. Its colours come from the page's style sheet, so that they follow the reader's theme; the attributes say the same where a host takes style sheets out.
/// </summary>
internal static class LineChart
{
    /// <summary>So many series have a colour, a dash pattern and a mark of their own before the first comes again.</summary>
    public const int Styles = 6;

    private const double Width = 720;
    private const double Height = 320;
    private const double Left = 64;
    private const double Right = 16;
    private const double Top = 12;
    private const double Bottom = 48;

    /// <summary>The chart; at least one point must be finite.</summary>
    public static string Draw(ChartSection chart, string description)
    {
        var points = chart.Series.SelectMany(s => s.Points).Where(p => p.IsFinite).ToArray();
        var x = Axis.Around(points.Select(p => p.X), points.All(p => p.X == Math.Floor(p.X)) ? 1 : 0);
        var y = Axis.Around(points.Select(p => p.Y), 0);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"chart\" width=\"{Width}\" height=\"{Height}\" viewBox=\"0 0 {Width} {Height}\" font-size=\"13\" role=\"img\" aria-label=\"{Html.Escape(description)}\">\n");
        foreach (var tick in y.Ticks)
        {
            Line("grid", Left, Y(tick), Width - Right, Y(tick));
            Text("end", Left - 8, Y(tick) + 4, y.Format(tick));
        }

        foreach (var tick in x.Ticks)
        {
            Line("tick", X(tick), Height - Bottom, X(tick), Height - Bottom + 5);
            Text("middle", X(tick), Height - Bottom + 20, x.Format(tick));
        }

        Line("axis", Left, Height - Bottom, Width - Right, Height - Bottom);
        Text("middle", (Left + Width - Right) / 2, Height - 8, chart.XAxis);
        svg.Append(CultureInfo.InvariantCulture, $"<text class=\"name\" fill=\"currentColor\" text-anchor=\"middle\" transform=\"translate(14 {(Top + Height - Bottom) / 2}) rotate(-90)\">{Html.Escape(chart.YAxis)}</text>\n");
        for (var i = 0; i < chart.Series.Count; i++)
            Series(chart.Series[i], i % Styles);
        return svg.Append("</svg>\n").ToString();

        double X(double value) => Left + (value - x.Low) / (x.High - x.Low) * (Width - Left - Right);

        double Y(double value) => Height - Bottom - (value - y.Low) / (y.High - y.Low) * (Height - Top - Bottom);

        void Line(string kind, double x1, double y1, double x2, double y2) =>
            svg.Append(CultureInfo.InvariantCulture, $"<line class=\"{kind}\" stroke=\"currentColor\" stroke-opacity=\"{(kind == "grid" ? .2 : .6)}\" x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\"/>\n");

        void Text(string anchor, double left, double baseline, string text) =>
            svg.Append(CultureInfo.InvariantCulture, $"<text fill=\"currentColor\" text-anchor=\"{anchor}\" x=\"{left:0.##}\" y=\"{baseline:0.##}\">{Html.Escape(text)}</text>\n");

        void Series(ChartSeries series, int style)
        {
            var path = new StringBuilder();
            var pen = 'M';
            foreach (var point in series.Points)
            {
                if (point.IsFinite)
                    path.Append(CultureInfo.InvariantCulture, $"{pen}{X(point.X):0.##} {Y(point.Y):0.##}");
                pen = point.IsFinite ? 'L' : 'M';
            }

            svg.Append(CultureInfo.InvariantCulture, $"{Group(style)}<path fill=\"none\" stroke-width=\"2\" d=\"{path}\"/>");
            foreach (var point in series.Points.Where(p => p.IsFinite))
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle stroke=\"none\" cx=\"{X(point.X):0.##}\" cy=\"{Y(point.Y):0.##}\" r=\"3\">");
                svg.Append(CultureInfo.InvariantCulture, $"<title>{Html.Escape(series.Name)}, {Html.Escape(chart.XAxis)} {point.X}: {point.Y:g5}</title></circle>");
            }

            svg.Append("</g>\n");
        }
    }

    /// <summary>A sample of a series' line, for the legend.</summary>
    public static string Sample(int series) =>
        $"<svg class=\"sample\" width=\"32\" height=\"10\" viewBox=\"0 0 32 10\" aria-hidden=\"true\">{Group(series % Styles)}<path fill=\"none\" stroke-width=\"2\" d=\"M0 5L32 5\"/><circle stroke=\"none\" cx=\"16\" cy=\"5\" r=\"3\"/></g></svg>";

    private static string Group(int series)
    {
        var style = Palette.Style(series);
        return $"<g class=\"series s{series}\" stroke=\"{style.Color.Css}\" fill=\"{style.Color.Css}\" stroke-dasharray=\"{style.SvgDash}\">";
    }
}
