using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SemPLeS.Data;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

/// <summary>What a kernel does with the library's objects, which it knows by the names of their members only.</summary>
public sealed partial class NotebookOutputTests
{
    private const string Nasty = "<b>\"1\" & '2'</script></b>";

    public static TheoryData<string> Outputs => [.. Samples(Nasty).Keys];

    [Fact]
    public void Every_kind_of_output_is_tried_here() =>
        Assert.Equal(
            typeof(Figure).Assembly.GetTypes().Where(type => type.IsAssignableTo(typeof(INotebookOutput)) && !type.IsAbstract).Select(type => type.Name).Order(),
            Samples(Nasty).Values.Select(output => output.GetType().Name).Distinct().Order());

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_kernel_finds_the_formatter_by_its_names(string kind)
    {
        var output = Samples(Nasty)[kind];

        Assert.Equal(output.ToHtml(), Format(output, "text/html"));
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Text_that_looks_like_markup_is_shown_as_it_is(string kind)
    {
        var shown = Parse(WithoutScripts(Samples(Nasty)[kind].ToHtml()));

        Assert.Empty(shown.Descendants("b"));
        Assert.Contains(Nasty, shown.Value + string.Concat(shown.Descendants("img").Attributes("alt").Select(alt => alt.Value)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void Nothing_is_fetched_and_no_rule_reaches_the_rest_of_the_page(string kind)
    {
        var html = WithoutScripts(Samples(Nasty)[kind].ToHtml());

        Assert.DoesNotMatch("""(src|href)="(?!data:)|url\(|@import""", html);
        Assert.All(Parse(html).Descendants("style"), style => Assert.Matches(@"^\s*\.semples \{[^}]*(\{[^{}]*\}[^{}]*)*\}\s*$", style.Value));
    }

    [Fact]
    public void What_is_no_output_is_not_written()
    {
        var writer = new StringWriter();

        Assert.False(new HtmlFormatter().Format("text", writer));
        Assert.Empty(writer.ToString());
    }

    [Fact]
    public void A_picture_of_few_colours_is_embedded_exactly_and_one_of_many_as_the_smaller_file()
    {
        var drawing = new RgbImage(96, 96, [.. Enumerable.Range(0, 96 * 96).SelectMany(i => new[] { (byte)(i % 7), (byte)(i % 5), (byte)0 })]);
        var photograph = new RgbImage(96, 96, [.. Enumerable.Range(0, 96 * 96 * 3).Select(i => (byte)(120 + 100 * Math.Sin(i / 3 % 96 / 9.0 + i % 3) * Math.Cos(i / 288 / 7.0) + i * 7919L % 13))]);

        Assert.Equal("data:image/png;base64," + Convert.ToBase64String(ImageFile.EncodePng(drawing)), Source(drawing));
        Assert.StartsWith("data:image/jpeg;base64,", Source(photograph), StringComparison.Ordinal);
        Assert.InRange(Source(photograph).Length, 1, ImageFile.EncodePng(photograph).Length);

        static string Source(RgbImage image) => (string?)Assert.Single(Parse(new Picture(image, "boat").ToHtml()).Descendants("img")).Attribute("src") ?? "";
    }

    [Fact]
    public void A_figure_without_a_picture_shows_its_values()
    {
        var shown = Parse(WithoutScripts(SampleFigures.All("boat")["bars"].ToHtml()));

        Assert.Equal(["|boat|other", "boat|50.0 ± 2.0|40.0", "b|–|60.0"], shown.Descendants("tr").Select(row => string.Join('|', row.Elements().Select(cell => cell.Value))));
    }

    [Fact]
    public void A_figure_with_a_picture_shows_it_with_its_title_and_size()
    {
        var figure = SampleFigures.All("boat")["bars"] with { Png = new byte[] { 1, 2, 3 } };

        var image = Assert.Single(Parse(WithoutScripts(figure.ToHtml())).Descendants("img"));

        Assert.Equal("data:image/png;base64,AQID", (string?)image.Attribute("src"));
        Assert.Equal(("boat", "720", "420"), ((string?)image.Attribute("alt"), (string?)image.Attribute("width"), (string?)image.Attribute("height")));
    }

    [Fact]
    public void The_figure_of_a_chart_alone_says_what_it_is() =>
        Assert.Contains("boat", Parse(WithoutScripts(new Figure("boat", Plotly.NET.GenericChart.ofTraceObjects(false, new[] { new Plotly.NET.Trace("bar") })).ToHtml())).Value, StringComparison.Ordinal);

    [Fact]
    public void A_chart_without_traces_is_an_error_that_names_it() =>
        Assert.Contains("boat", Assert.Throws<ArgumentException>(() => new Figure("boat", Plotly.NET.GenericChart.ofTraceObjects(false, Array.Empty<Plotly.NET.Trace>()))).Message, StringComparison.Ordinal);

    [Fact]
    public void Outputs_are_small() => Assert.All(Samples("boat"), sample => Assert.InRange(sample.Value.ToHtml().Length, 1, 20_000));

    [Theory]
    [InlineData(64, 64, 2, 192, 192)]
    [InlineData(64, 64, 8, 64, 64)]
    [InlineData(500, 375, 4, 190, 143)]
    [InlineData(500, 375, 1, 500, 375)]
    public void A_row_of_pictures_fits_the_page_without_a_style_sheet(int width, int height, int columns, int shownWidth, int shownHeight)
    {
        var picture = new Picture(new RgbImage(width, height, new byte[width * height * 3]), "boat");
        var section = new PictureSection("boats", [.. Enumerable.Repeat("boat", columns)], [new PictureRow("row", [.. Enumerable.Repeat(picture, columns)])]);

        Assert.All(Parse(section.ToHtml()).Descendants("img"), image => Assert.Equal((shownWidth, shownHeight), ((int)image.Attribute("width")!, (int)image.Attribute("height")!)));
    }

    [Fact]
    public void The_script_looks_for_the_plotly_file_that_lies_beside_the_libraries()
    {
        var name = Regex.Match(SampleFigures.All("boat")["bars"].ToHtml(), @"artifacts/notebooks/([\w.-]+\.js)").Groups[1].Value;

        Assert.True(File.Exists(Path.Combine(AppContext.BaseDirectory, name)), name);
    }

    private static Dictionary<string, INotebookOutput> Samples(string text)
    {
        var image = new RgbImage(2, 2, new byte[12]);
        var samples = SampleFigures.All(text).ToDictionary(figure => figure.Key, figure => (INotebookOutput)figure.Value);
        samples["table"] = new TableSection(text, [new TableColumn(text)], [[text]]) { Text = text, Summary = [[text]] };
        samples["lines"] = new ChartSection(text, text, text, [new ChartSeries(text, [new ChartPoint(0, 1)])]);
        samples["pictures"] = new PictureSection(text, [text], [new PictureRow(text, [new Picture(image, text)])]) { Legend = [new LegendEntry(text, default)], HasHeatScale = true, HeatName = text };
        samples["picture"] = new Picture(image, text);
        samples["training"] = TrainingView.Of(new(text, 1, 10, 1, 2, new Dictionary<string, double> { [text] = 1 }, .1, TimeSpan.Zero, TimeSpan.Zero));
        samples["several"] = new OutputStack(samples["table"], samples["picture"]);
        return samples;
    }

    private static string? Format(object instance, string mimeType)
    {
        var attribute = instance.GetType().GetCustomAttributes(inherit: true).Single(attribute => attribute.GetType().Name == "TypeFormatterSourceAttribute");
        Assert.Equal([mimeType], Get<string[]>(attribute, "PreferredMimeTypes"));
        var source = Activator.CreateInstance(Get<Type>(attribute, "FormatterSourceType"))!;
        var formatters = (IEnumerable<object>)source.GetType().GetMethod("CreateTypeFormatters")!.Invoke(source, null)!;
        var formatter = formatters.Single(formatter => Get<string>(formatter, "MimeType") == mimeType);
        var format = formatter.GetType().GetMethods(BindingFlags.Instance | BindingFlags.Public).Single(method => method.Name == "Format");
        Assert.Equal([typeof(object), typeof(TextWriter)], format.GetParameters().Select(parameter => parameter.ParameterType));
        var writer = new StringWriter();
        return (bool)format.Invoke(formatter, [instance, writer])! ? writer.ToString() : null;
    }

    private static T Get<T>(object target, string property) => (T)target.GetType().GetProperty(property)!.GetValue(target)!;

    private static string WithoutScripts(string html) => Script().Replace(html, "");

    private static XElement Parse(string html) => XElement.Parse("<main>" + Image().Replace(html, "$0</img>") + "</main>");

    [GeneratedRegex("<script.*?</script>", RegexOptions.Singleline)]
    private static partial Regex Script();

    [GeneratedRegex("<img[^>]*>")]
    private static partial Regex Image();
}
