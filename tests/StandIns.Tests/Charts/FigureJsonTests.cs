using Plotly.NET;
using Plotly.NET.CSharp;
using Xunit;

namespace SemPLeS.Tests.Charts;

/// <summary>What plotly.js is given.</summary>
public sealed class FigureJsonTests
{
    [Fact]
    public void A_figure_is_its_traces_its_layout_and_no_frames()
    {
        dynamic trace = new Trace("bar");
        trace.x = new[] { "cat", "dog" };
        trace.y = new double?[] { 61.5, null };
        dynamic layout = new Layout();
        layout.title = new { text = "<b> & \u00e9" };

        var chart = GenericChart.setLayout(layout, GenericChart.ofTraceObjects(false, new Trace[] { trace }));

        Assert.Equal(
            """{"data":[{"type":"bar","x":["cat","dog"],"y":[61.5,null]}],"layout":{"title":{"text":"<b> & é"}},"frames":[]}""",
            GenericChart.toFigureJson(chart));
    }

    [Fact]
    public void Properties_are_written_in_the_order_in_which_they_were_set_and_the_last_value_counts()
    {
        dynamic trace = new Trace("scatter");
        trace.name = "first";
        trace.mode = "lines";
        trace.name = "second";

        Assert.Equal(
            """{"data":[{"type":"scatter","name":"second","mode":"lines"}],"layout":{},"frames":[]}""",
            GenericChart.toFigureJson(GenericChart.ofTraceObjects(false, new Trace[] { trace })));
    }

    [Fact]
    public void Traces_come_back_in_their_order()
    {
        Trace[] traces = [new("bar"), new("heatmap")];

        Assert.Equal(traces, GenericChart.ofTraceObjects(false, traces).GetTraces());
    }
}
