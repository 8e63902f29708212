using System.Text.Json.Nodes;
using SemPLeS.FigurePictures;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class ChartsTests
{
    [Fact]
    public void Bars_have_a_trace_for_each_series_with_error_bars_where_the_spread_is_known_and_gaps_where_nothing_is()
    {
        var figure = Json(Charts.Bars(
            "Seeds by stage", "mIoU (%)", ["phase 1", "stage c"], [new BarSeries("WeakTr", [50.26, double.NaN]) { Spread = [1.5, double.NaN] }, new BarSeries("SemPLeS", [40, 60])]));

        Assert.Equal("Seeds by stage", Text(figure["layout"]!["title"]!["text"]));
        Assert.Equal("mIoU (%)", Text(figure["layout"]!["yaxis"]!["title"]!["text"]));
        Assert.Equal(["bar", "bar"], Traces(figure).Select(trace => Text(trace["type"])));
        Assert.Equal(["WeakTr", "SemPLeS"], Traces(figure).Select(trace => Text(trace["name"])));
        var first = Traces(figure)[0];
        Assert.Equal("""["phase 1","stage c"]""", first["x"]!.ToJsonString());
        Assert.Equal([50.26, null], Numbers(first["y"]));
        Assert.Equal([1.5, null], Numbers(first["error_y"]!["array"]));
        Assert.Equal("phase 1<br>WeakTr: 50.3 ± 1.5", Text(first["hovertext"]![0]));
        Assert.Null(Traces(figure)[1]["error_y"]);
    }

    [Fact]
    public void Series_differ_in_colour_hatching_dash_and_marker()
    {
        var bars = Traces(Json(Charts.Bars("t", "v", ["g"], [.. Enumerable.Range(0, 6).Select(i => new BarSeries($"{i}", [i + 1]))])));
        var lines = Traces(Json(Charts.Curves(new ChartSection("t", "x", "y", [.. Enumerable.Range(0, 6).Select(i => new ChartSeries($"{i}", [new ChartPoint(0, i)]))]))));

        Assert.Equal(6, bars.Select(trace => Text(trace["marker"]!["color"])).Distinct().Count());
        Assert.Equal(6, bars.Select(trace => Text(trace["marker"]!["pattern"]!["shape"])).Distinct().Count());
        Assert.Equal(6, lines.Select(trace => Text(trace["line"]!["dash"])).Distinct().Count());
        Assert.Equal(6, lines.Select(trace => Text(trace["marker"]!["symbol"])).Distinct().Count());
        Assert.Equal(bars.Select(trace => Text(trace["marker"]!["color"])), lines.Select(trace => Text(trace["line"]!["color"])));
    }

    [Fact]
    public void Curves_keep_their_points_and_leave_gaps()
    {
        var figure = Json(Charts.Curves(new ChartSection("Loss", "epoch", "loss", [new ChartSeries("total", [new ChartPoint(1, .5), new ChartPoint(2, double.NaN), new ChartPoint(3, .25)])])));

        var line = Assert.Single(Traces(figure));
        Assert.Equal([1, 2, 3], Numbers(line["x"]));
        Assert.Equal([.5, null, .25], Numbers(line["y"]));
        Assert.Equal("total<br>epoch: 3<br>loss: 0.2500", Text(line["hovertext"]![2]));
        Assert.Equal(["epoch", "loss"], new[] { "xaxis", "yaxis" }.Select(axis => Text(figure["layout"]![axis]!["title"]!["text"])));
    }

    [Fact]
    public void Classes_stand_from_the_top_in_percent_and_end_with_the_mean()
    {
        var figure = Json(SampleFigures.All("boat")["per class"]);

        var bars = Assert.Single(Traces(figure));
        Assert.Equal("h", Text(bars["orientation"]));
        Assert.Equal("""["background","boat","mIoU"]""", bars["y"]!.ToJsonString());
        Assert.Equal([50, 25, 37.5], Numbers(bars["x"]));
        Assert.Equal("reversed", Text(figure["layout"]!["yaxis"]!["autorange"]));
    }

    [Fact]
    public void A_confusion_matrix_gives_shares_of_each_true_label()
    {
        var map = Assert.Single(Traces(Json(Charts.Confusion("Confusion", ["background", "boat"], SampleFigures.Confusion()))));

        Assert.Equal("heatmap", Text(map["type"]));
        Assert.Equal([75, 25], Numbers(map["z"]![0]));
        Assert.Equal([100, 0], Numbers(map["z"]![1]));
        Assert.Equal("true label: boat<br>predicted label: background<br>share of the true label's pixels (%): 100", Text(map["hovertext"]![1]![0]));
        Assert.Equal("share of the true label's pixels (%)", Text(map["colorbar"]!["title"]!["text"]));
    }

    [Fact]
    public void Points_carry_their_names()
    {
        var points = Traces(Json(Charts.Scatter("t", "x", "y", [new PointSeries("learned", [new NamedPoint("cow", 1, 2), new NamedPoint("dog", 3, 4)])])))[0];

        Assert.Equal("""["cow","dog"]""", points["text"]!.ToJsonString());
        Assert.Equal("markers+text", Text(points["mode"]));
        Assert.Equal("dog<br>x: 3.00<br>y: 4.00", Text(points["hovertext"]![1]));
    }

    [Fact]
    public void A_slider_shows_one_step_at_a_time_and_the_last_one_first()
    {
        var figure = Json(SampleFigures.All("2")["slider"]);

        Assert.Equal([false, false, true, true], Traces(figure).Select(trace => trace["visible"]!.GetValue<bool>()));
        var slider = figure["layout"]!["sliders"]![0]!;
        Assert.Equal(1, slider["active"]!.GetValue<int>());
        Assert.Equal("[true,true,false,false]", slider["steps"]![0]!["args"]![0]!["visible"]!.ToJsonString());
        Assert.Equal(["1", "2"], slider["steps"]!.AsArray().Select(step => Text(step!["label"])));
        Assert.All(Traces(figure), trace => Assert.StartsWith("data:image/png;base64,", Text(trace["source"]), StringComparison.Ordinal));
    }

    [Fact]
    public void Text_is_never_markup_to_plotly()
    {
        Assert.All(SampleFigures.All("<i>&nbsp;"), figure =>
            Assert.DoesNotContain("<i>", Json(figure.Value).ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }), StringComparison.Ordinal));
    }

    [Fact]
    public void A_chart_without_a_finite_value_is_an_error_that_names_it()
    {
        Assert.Contains("Loss", Assert.Throws<ArgumentException>(() => Charts.Curves(new ChartSection("Loss", "x", "y", []))).Message, StringComparison.Ordinal);
        Assert.Contains("Seeds", Assert.Throws<ArgumentException>(() => Charts.Bars("Seeds", "v", ["g"], [new BarSeries("a", [double.NaN])])).Message, StringComparison.Ordinal);
        Assert.Contains("Map", Assert.Throws<ArgumentException>(() => Charts.HeatMap("Map", "x", "y", "v", [], [], new double[0, 0])).Message, StringComparison.Ordinal);
        Assert.Contains("Points", Assert.Throws<ArgumentException>(() => Charts.Scatter("Points", "x", "y", [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Values_that_do_not_fit_their_names_are_an_error()
    {
        Assert.Throws<ArgumentException>(() => Charts.Bars("t", "v", ["a", "b"], [new BarSeries("one", [1])]));
        Assert.Throws<ArgumentException>(() => Charts.Bars("t", "v", ["a"], [new BarSeries("one", [1]) { Spread = [1, 2] }]));
        Assert.Throws<ArgumentException>(() => Charts.HeatMap("t", "x", "y", "v", ["a"], ["b", "c"], new double[1, 1]));
        Assert.Throws<ArgumentException>(() => Charts.Confusion("t", ["background"], SampleFigures.Confusion()));
        Assert.Throws<ArgumentException>(() => Charts.Scatter("t", "x", "y", [new PointSeries("s", [new NamedPoint("p", double.NaN, 0)])]));
        Assert.Throws<ArgumentException>(() => Charts.ImageSlider("t", "epoch", ["a"], [new PictureStep("1", [])]));
    }

    [ChromiumFact]
    [Trait(Speed.Name, Speed.Slow)]
    public void Plotly_accepts_and_draws_every_chart()
    {
        FigureBlock[] figures = [.. SampleFigures.All("a").Values.SelectMany(figure => FigureBlock.Find(figure.ToHtml()))];

        var pictures = new Browser("chromium", Path.Combine(AppContext.BaseDirectory, "plotly-cartesian-2.26.2.min.js")).Draw(figures);

        Assert.Equal(SampleFigures.All("a").Count, pictures.Count);
        Assert.All(pictures, png => Assert.Equal(0x89504E47u, System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(png)));
    }

    [ChromiumFact]
    [Trait(Speed.Name, Speed.Slow)]
    public void On_a_narrow_page_title_legend_and_plot_do_not_overlap()
    {
        var folder = Directory.CreateTempSubdirectory("narrow");
        try
        {
            var figure = Charts.Bars(
                "A title that is longer than a narrow page is wide, by far", "value", ["a", "b"], [new BarSeries("the first of three long names", [1, 2]), new BarSeries("the second long name", [2, 3]), new BarSeries("a third one", [3, 4])]);
            var page = Path.Combine(folder.FullName, "page.html");
            var plotly = new Uri(Path.Combine(AppContext.BaseDirectory, "plotly-cartesian-2.26.2.min.js")).AbsoluteUri;
            File.WriteAllText(page, $$"""
                <!DOCTYPE html><html><head><meta charset="utf-8"><meta name="plotly" content="{{plotly}}"></head><body><div style="width:320px">{{figure.ToHtml()}}</div><script>
                setTimeout(() => {
                  const box = name => document.querySelector(name).getBoundingClientRect();
                  const title = box('.gtitle'), legend = box('.legend'), plot = box('.nsewdrag'), all = box('.semples-figure');
                  document.body.append(`[${[all.right - title.right, legend.top - title.bottom, plot.top - legend.bottom, plot.height].map(Math.round)}]`);
                }, 5000);
                </script></body></html>
                """);

            var dom = System.Text.Encoding.UTF8.GetString(ExternalProgram.Run(
                "chromium",
                ["--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", $"--user-data-dir={Path.Combine(folder.FullName, "profile")}", "--virtual-time-budget=9000", "--dump-dom", page],
                []));

            var gaps = System.Text.RegularExpressions.Regex.Match(dom, @"\[(-?\d+),(-?\d+),(-?\d+),(-?\d+)\]</body>").Groups.Values.Skip(1).Select(group => int.Parse(group.Value, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.True(gaps is [>= 0, >= 0, >= 0, >= 150], $"Room right of the title, between title and legend, between legend and plot, and the plot's height: {string.Join(", ", gaps)}");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_path_is_a_line_whose_last_point_alone_is_named()
    {
        var figure = Json(Charts.Scatter("t", "x", "y",
        [
            new PointSeries("words", [new NamedPoint("water", 1, 2)]),
            new PointSeries("way", [.. Enumerable.Range(0, 50).Select(i => new NamedPoint("end", i, i))]) { IsPath = true },
        ]));

        Assert.Equal(["markers+text", "lines+markers+text"], Traces(figure).Select(trace => Text(trace["mode"])));
        Assert.Equal([.. Enumerable.Repeat("", 49), "end"], Traces(figure)[1]["text"]!.AsArray().Select(Text));
    }

    private static JsonNode Json(Figure figure) => JsonNode.Parse(figure.Json)!;

    private static IReadOnlyList<JsonNode> Traces(JsonNode figure) => [.. figure["data"]!.AsArray().Select(trace => trace!)];

    private static string Text(JsonNode? node) => node!.GetValue<string>();

    private static IEnumerable<double?> Numbers(JsonNode? array) => array!.AsArray().Select(value => value?.GetValue<double>());
}
