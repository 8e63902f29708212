using System.Text.Json.Nodes;
using NotebookRunner.Checks;
using Xunit;

namespace NotebookRunner.Tests;

public sealed class ChartCheckTests
{
    [Theory]
    [InlineData("""[{"type":"bar","x":["a"],"y":[1]}]""", true)]
    [InlineData("""[{"type":"heatmap","z":[[1,2],[3,4]]}]""", true)]
    [InlineData("""[{"type":"scatter","y":{"dtype":"f8","bdata":"AAAA"}}]""", true)]
    [InlineData("""[{"type":"table","cells":{"values":[[1]]}}]""", true)]
    [InlineData("""[{"type":"image","source":"data:image/png;base64,AA"}]""", true)]
    [InlineData("[]", false)]
    [InlineData("""[{"type":"bar","x":[],"y":[]}]""", false)]
    [InlineData("""[{"type":"heatmap","z":[[]]}]""", false)]
    [InlineData("""[{"type":"scatter","y":{"dtype":"f8","bdata":""}}]""", false)]
    [InlineData("""[{"type":"table","cells":{"values":[]}}]""", false)]
    [InlineData("""[{"type":"bar","x":["a"],"y":[1]},{"type":"bar"}]""", false)]
    public void A_chart_needs_a_trace_and_each_trace_data(string traces, bool isFilled)
    {
        string[] outputs =
        [
            $$"""{ "data": { "application/vnd.plotly.v1+json": { "data": {{traces}}, "layout": {} } } }""",
            Html($$"""<img src=""><script type="application/json">{ "data": {{traces}}, "layout": {} }</script>"""),
            Html($$"""<div><script class='f' type='application/vnd.plotly.v1+json'> { "layout": {}, "data": {{traces}} }</script></div>"""),
            Html($"<script>Plotly.newPlot('chart', {traces}, {{}})</script>"),
            Html($"<script>Plotly.react(element, {traces}, layout)</script>"),
            Html($"<script>var data = {traces}; var layout = {{}}; Plotly.newPlot('chart', data, layout);</script>"),
        ];

        Assert.All(outputs, output => Assert.Equal(isFilled ? 0 : 1, ChartCheck.Problems(JsonNode.Parse(output)!).Count()));
    }

    [Fact]
    public void Other_outputs_are_not_charts()
    {
        Assert.Empty(ChartCheck.Problems(JsonNode.Parse("""{"output_type":"stream","text":"Plotly.newPlot(a, [])"}""")!));
        Assert.Empty(ChartCheck.Problems(JsonNode.Parse(Html("""<script type="application/json">{"rows":[]}</script>"""))!));
    }

    private static string Html(string html) => new JsonObject { ["data"] = new JsonObject { ["text/html"] = html } }.ToJsonString();
}
