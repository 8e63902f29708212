using System.Globalization;
using System.Text;
using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>Turns tables, charts and pictures into HTML, for a page and for notebooks alike.</summary>
/// <param name="address">Keeps a picture and says where the page finds it.</param>
internal sealed class SectionHtml(Func<RgbImage, string> address)
{
    /// <summary>Pictures up to so many pixels across are enlarged without smoothing.</summary>
    internal const int SmallPicture = 128;

    private const int ScaleWidth = 128;

    /// <summary>How wide small pictures become at most where no style sheet says it, and how wide a row of pictures.</summary>
    private const int EnlargedWidth = 192;
    private const int RowWidth = 760;

    private readonly StringBuilder _html = new();

    /// <summary>The section without its heading.</summary>
    /// <exception cref="ArgumentException">The section is of an unknown kind, or a row has another number of cells than there are columns.</exception>
    public string Write(ReportSection section)
    {
        _html.Clear();
        Paragraph(section.Text);
        switch (section)
        {
            case TableSection table:
                Table(table.Heading, table.Columns, table.Rows, table.Summary);
                break;
            case ChartSection chart:
                Chart(chart);
                break;
            case PictureSection pictures:
                Pictures(pictures);
                break;
            default:
                throw new ArgumentException($"A {section.GetType().Name} has no HTML.", nameof(section));
        }

        return _html.ToString();
    }

    /// <summary>The picture, with a size for hosts that strip the style sheet.</summary>
    /// <param name="image">The pixels.</param>
    /// <param name="description">The alt text.</param>
    /// <param name="columns">So many pictures stand side by side.</param>
    public string Image(RgbImage image, string description, int columns = 1)
    {
        var side = Math.Max(image.Width, image.Height);
        var isSmall = side <= SmallPicture;
        double room = RowWidth / columns;
        var scale = isSmall ? Math.Max(1, Math.Floor(Math.Min(EnlargedWidth, room) / side)) : Math.Min(1, room / image.Width);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<img{(isSmall ? " class=\"small\"" : "")} src=\"{address(image)}\" width=\"{scale * image.Width:0}\" height=\"{scale * image.Height:0}\" alt=\"{Html.Escape(description)}\">");
    }

    private void Paragraph(string text)
    {
        if (text.Length > 0)
            _html.Append("<p>").Append(Html.Escape(text)).Append("</p>\n");
    }

    private void Table(
        string name, IReadOnlyList<TableColumn> columns, IReadOnlyList<IReadOnlyList<string>> rows, IReadOnlyList<IReadOnlyList<string>> summary)
    {
        OpenScroller(name);
        _html.Append("<table>\n<thead><tr>");
        foreach (var column in columns)
            _html.Append(column.IsNumeric ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">").Append(Html.Escape(column.Heading)).Append("</th>");
        _html.Append("</tr></thead>\n<tbody>\n");
        Rows(rows);
        _html.Append("</tbody>\n");
        if (summary.Count > 0)
        {
            _html.Append("<tfoot>\n");
            Rows(summary);
            _html.Append("</tfoot>\n");
        }

        _html.Append("</table>\n</div>\n");

        void Rows(IReadOnlyList<IReadOnlyList<string>> cells)
        {
            foreach (var row in cells)
            {
                CheckCells(name, row.FirstOrDefault() ?? "", row.Count, columns.Count);
                _html.Append("<tr>");
                for (var i = 0; i < row.Count; i++)
                {
                    var (tag, scope) = i == 0 ? ("th", " scope=\"row\"") : ("td", "");
                    _html.Append($"<{tag}{scope}{(columns[i].IsNumeric ? " class=\"number\"" : "")}>{Html.Escape(row[i])}</{tag}>");
                }

                _html.Append("</tr>\n");
            }
        }
    }

    private void Chart(ChartSection chart)
    {
        if (!chart.Series.SelectMany(s => s.Points).Any(p => p.IsFinite))
        {
            Paragraph("There are no values to draw.");
            return;
        }

        _html.Append("<ul class=\"legend\">\n");
        for (var i = 0; i < chart.Series.Count; i++)
            _html.Append("<li>").Append(LineChart.Sample(i)).Append(Html.Escape(chart.Series[i].Name)).Append("</li>\n");
        _html.Append("</ul>\n");
        OpenScroller(chart.Heading);
        _html.Append(LineChart.Draw(chart, $"Line chart of {chart.YAxis} by {chart.XAxis}; the values are in the table that follows.")).Append("</div>\n");
        _html.Append("<details>\n<summary>Values</summary>\n");
        var values = chart.Series.Select(s => s.Points.ToLookup(p => p.X, p => p.Y)).ToArray();
        var format = ValueFormat(chart.Series.SelectMany(s => s.Points).Where(p => p.IsFinite).Max(p => Math.Abs(p.Y)));
        var rows = chart.Series.SelectMany(s => s.Points).Select(p => p.X).Distinct().Order()
            .Select(x => (IReadOnlyList<string>)[Text(x, "G5"), .. values.Select(v => v.Contains(x) ? Text(v[x].First(), format) : "")]);
        Table(chart.Heading, [new TableColumn(chart.XAxis), .. chart.Series.Select(s => new TableColumn(s.Name, IsNumeric: true))], [.. rows], []);
        _html.Append("</details>\n");
    }

    private void Pictures(PictureSection section)
    {
        if (section.Legend.Count > 0 || section.HasHeatScale)
        {
            _html.Append("<ul class=\"legend\">\n");
            foreach (var entry in section.Legend)
                _html.Append($"<li>{Swatch([entry.Color], 16)}{Html.Escape(entry.Name)}</li>\n");
            if (section.HasHeatScale)
                _html.Append($"<li>{Html.Escape(section.HeatName)} 0 {Swatch([.. Enumerable.Range(0, ScaleWidth).Select(i => ColorMaps.Heat(i / (ScaleWidth - 1f)))], ScaleWidth)} 1</li>\n");

            _html.Append("</ul>\n");
        }

        OpenScroller(section.Heading);
        _html.Append(CultureInfo.InvariantCulture, $"<table class=\"pictures\" style=\"--columns:{section.Columns.Count}\">\n<thead><tr>");
        foreach (var column in section.Columns)
            _html.Append("<th scope=\"col\">").Append(Html.Escape(column)).Append("</th>");
        _html.Append("</tr></thead>\n");
        foreach (var row in section.Rows)
        {
            CheckCells(section.Heading, row.Caption, row.Pictures.Count, section.Columns.Count);
            _html.Append(CultureInfo.InvariantCulture, $"<tbody>\n<tr><th scope=\"rowgroup\" colspan=\"{section.Columns.Count}\">{Html.Escape(row.Caption)}</th></tr>\n<tr>");
            foreach (var picture in row.Pictures)
                _html.Append("<td>").Append(Image(picture.Image, picture.Description, section.Columns.Count)).Append("</td>");

            _html.Append("</tr>\n</tbody>\n");
        }

        _html.Append("</table>\n</div>\n");
    }

    /// <summary>A strip of colours as a picture: hosts that strip styles keep it.</summary>
    private static string Swatch(IReadOnlyList<Rgb> colors, int width) => string.Create(
        CultureInfo.InvariantCulture,
        $"<img class=\"swatch\" src=\"{Html.DataUri(new RgbImage(colors.Count, 1, [.. colors.SelectMany(c => (byte[])[c.Red, c.Green, c.Blue])]))}\" width=\"{width}\" height=\"16\" alt=\"\">");

    /// <summary>What is wider than the page scrolls by itself; the keyboard must reach it for that.</summary>
    private void OpenScroller(string name) => _html.Append($"<div class=\"scroller\" role=\"region\" tabindex=\"0\" aria-label=\"{Html.Escape(name)}\">\n");

    private static void CheckCells(string section, string row, int cells, int columns)
    {
        if (cells != columns)
            throw new ArgumentException($"Row '{row}' of '{section}' has {cells} cells for {columns} columns.");
    }

    /// <summary>Four digits for the largest value and as many decimals for all others, so that columns line up.</summary>
    private static string ValueFormat(double largest)
    {
        var decimals = largest > 0 ? 3 - Math.Floor(Math.Log10(largest)) : 0;
        return decimals is >= 0 and <= 9 ? $"F{decimals}" : "E3";
    }

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
