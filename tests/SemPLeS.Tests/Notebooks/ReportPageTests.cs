using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SemPLeS.Data;
using SemPLeS.Evaluation;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed partial class ReportPageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("report").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_picture_of_the_page_lies_beside_it_and_has_an_alt_text()
    {
        var page = Page(Pictures(3));

        var images = Photographs(page).ToArray();

        Assert.Equal(6, images.Length);
        Assert.All(images, image => Assert.True(File.Exists(Path.Combine(_folder, (string)image.Attribute("src")!))));
        Assert.Equal(["row 0: image", "row 0: truth"], images.Take(2).Select(image => (string?)image.Attribute("alt")));
    }

    [Fact]
    public void Pictures_of_an_earlier_report_go_and_other_files_stay()
    {
        Page(Pictures(3));
        var other = Path.Combine(_folder, "pictures", "mine.png");
        File.WriteAllText(other, "");

        Page(Pictures(1));

        Assert.Equal(2, Directory.GetFiles(Path.Combine(_folder, "pictures"), "picture-*.png").Length);
        Assert.True(File.Exists(other));
    }

    [Fact]
    public void Nothing_is_fetched_from_elsewhere()
    {
        Page(Pictures(1), Chart([1, 2]));

        Assert.DoesNotMatch("""(src|href)="(?!pictures/|data:)|url\(|@import|<script""", File.ReadAllText(Path.Combine(_folder, "index.html")));
    }

    [Fact]
    public void Text_that_looks_like_markup_is_shown_as_it_is()
    {
        const string nasty = "<b>\"1\" & '2'</b>";
        var picture = new Picture(new RgbImage(1, 1, new byte[3]), nasty);

        var page = Page(
            nasty,
            new TableSection(nasty, [new TableColumn(nasty)], [[nasty]]) { Text = nasty },
            new ChartSection(nasty, nasty, nasty, [new ChartSeries(nasty, [new ChartPoint(0, 1)])]),
            new PictureSection(nasty, [nasty], [new PictureRow(nasty, [picture])]) { Legend = [new LegendEntry(nasty, default)] });

        Assert.Empty(page.Descendants("b"));
        Assert.Equal(nasty, page.Descendants("h1").Single().Value);
        Assert.Equal(nasty, (string?)Photographs(page).Single().Attribute("alt"));
        Assert.All(page.Descendants("h2"), heading => Assert.Equal(nasty, heading.Value));
    }

    [Fact]
    public void A_chart_draws_every_finite_value_and_tables_them_all()
    {
        var page = Page(Chart([1, double.NaN, 3, 4]));

        Assert.Equal(3, page.Descendants("circle").Count(circle => circle.Element("title") is not null));
        var line = page.Descendants("path").Select(path => (string)path.Attribute("d")!).Single(d => d.Count(c => c is 'M' or 'L') == 3);
        Assert.Equal("MML", string.Concat(line.Where(char.IsLetter)));
        Assert.Equal(["1.000", "NaN", "3.000", "4.000"], page.Descendants("details").Single().Descendants("td").Select(cell => cell.Value));
    }

    [Fact]
    public void Points_of_a_chart_stand_where_the_ticks_say()
    {
        var page = Page(Chart([0, 5, 10]));

        var ticks = page.Descendants("text").Where(t => (string?)t.Attribute("text-anchor") == "end").ToDictionary(t => t.Value, t => Number(t, "y") - 4);
        var points = page.Descendants("circle").Where(c => c.Element("title") is not null).Select(c => Number(c, "cy")).ToArray();

        Assert.Equal([ticks["0"], (ticks["4"] + ticks["6"]) / 2, ticks["10"]], points);

        static double Number(XElement element, string name) => double.Parse((string)element.Attribute(name)!, CultureInfo.InvariantCulture);
    }

    [Theory]
    [InlineData(.13, .71)]
    [InlineData(-3, 12345)]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    [InlineData(1e-9, 2e-9)]
    [InlineData(1e9, 1e9 + 1e-6)]
    public void An_axis_holds_its_values_between_few_ticks(double low, double high)
    {
        var page = Page(Chart([low, high]));

        Assert.InRange(page.Descendants("text").Count(t => (string?)t.Attribute("text-anchor") == "end"), 2, 7);
        Assert.All(page.Descendants("circle").Select(c => (double)c.Attribute("cy")!), y => Assert.InRange(y, 0, 320));
    }

    [Fact]
    public void A_chart_without_values_says_so() => Assert.Contains("no values", Page(Chart([double.NaN])).ToString(), StringComparison.Ordinal);

    [Fact]
    public void A_row_of_the_wrong_length_is_an_error_and_nothing_is_written()
    {
        var section = new TableSection("Settings", [new TableColumn("a"), new TableColumn("b")], [["only one"]]);

        var error = Assert.Throws<ArgumentException>(() => ReportPage.Write(_folder, new Report("Title", [section])));

        Assert.Contains("only one", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public void Scores_stand_in_percent_with_a_dash_for_what_is_not_there()
    {
        var scores = new SegmentationScores([.5, double.NaN], .5, .25, .125);

        var page = Page(ScoreTable.PerClass(
            "Seeds", ["background", "boat"], [new ScoreColumn("phase 1", scores) { Threshold = .35f, FalseActivation = .381 }, new ScoreColumn("a", scores)]));

        var rows = page.Descendants("tr").Select(row => string.Join('|', row.Elements().Select(cell => cell.Value)));
        Assert.Equal(
            [
                "class|phase 1|a", "background|50.0|50.0", "boat|–|–", "mIoU|50.0|50.0", "false positives|25.0|25.0", "false negatives|12.5|12.5",
                "background threshold|0.35|–", "false activation|38.1|–",
            ],
            rows);
    }

    [Fact]
    public void Scores_of_other_labels_are_an_error_that_names_the_column() =>
        Assert.Contains(
            "phase 1",
            Assert.Throws<ArgumentException>(() => ScoreTable.PerClass("Seeds", ["background"], [new ScoreColumn("phase 1", new SegmentationScores([0, 0], 0, 0, 0))])).Message,
            StringComparison.Ordinal);

    private static IEnumerable<XElement> Photographs(XElement page) => page.Descendants("img").Where(image => (string?)image.Attribute("class") != "swatch");

    private static PictureSection Pictures(int rows)
    {
        var image = new RgbImage(2, 2, new byte[12]);
        return new PictureSection(
            "Seeds",
            ["image", "truth"],
            [.. Enumerable.Range(0, rows).Select(i => new PictureRow($"row {i}", [new Picture(image, $"row {i}: image"), new Picture(image, $"row {i}: truth")]))])
        {
            HasHeatScale = true,
        };
    }

    private static ChartSection Chart(double[] values) =>
        new("Losses", "epoch", "loss", [new ChartSeries("sum", [.. values.Select((v, i) => new ChartPoint(i, v))])]);

    private XElement Page(params ReportSection[] sections) => Page("Title", sections);

    /// <summary>Writes a report and reads its body back, which is well-formed XML but for the elements that HTML never closes.</summary>
    private XElement Page(string title, params ReportSection[] sections)
    {
        var html = File.ReadAllText(ReportPage.Write(_folder, new Report(title, sections)));
        var body = html[html.IndexOf("<body>", StringComparison.Ordinal)..(html.IndexOf("</body>", StringComparison.Ordinal) + "</body>".Length)];
        return XElement.Parse(Image().Replace(body, "$0</img>"));
    }

    [GeneratedRegex("<img[^>]*>")]
    private static partial Regex Image();
}
