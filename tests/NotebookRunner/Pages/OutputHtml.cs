using System.Net;
using System.Text.Json.Nodes;
using NotebookRunner.Files;
using NotebookRunner.Formatting;

namespace NotebookRunner.Pages;

/// <summary>Outputs of cells as HTML.</summary>
internal static class OutputHtml
{
    public static string Of(JsonNode output) => (string?)output["output_type"] switch
    {
        "stream" => Text(MultilineText.Join(output["text"]), (string?)output["name"] == "stderr" ? "stream warning" : "stream"),
        "error" => Text(string.Join('\n', output["traceback"]?.AsArray().Select(line => (string?)line) ?? []), "error"),
        _ when output["data"] is JsonObject data => Data(data),
        _ => "",
    };

    /// <summary>Whether an output's script looks for plotly.</summary>
    public static bool NeedsPlotly(JsonNode output) =>
        output["data"] is JsonObject data && (data.ContainsKey(MimeTypes.Plotly) || MultilineText.Join(data[MimeTypes.Html]).Contains("plotly", StringComparison.OrdinalIgnoreCase));

    private static string Data(JsonObject data)
    {
        if (data.ContainsKey(MimeTypes.Html))
            return $"<div class=\"shown\">{MultilineText.Join(data[MimeTypes.Html])}</div>\n";
        if (data[MimeTypes.Plotly] is { } figure)
            return Chart(figure, data[MimeTypes.Png]);
        if (data["image/svg+xml"] is { } svg)
            return $"<div class=\"shown\">{MultilineText.Join(svg)}</div>\n";
        foreach (var mimeType in (string[])[MimeTypes.Png, "image/jpeg", "image/gif"])
        {
            if (data[mimeType] is { } picture)
                return $"<div class=\"shown\">{Picture(mimeType, picture)}</div>\n";
        }

        return data[MimeTypes.Plain] is { } text ? Text(MultilineText.Join(text), "value")
            : throw new InvalidDataException($"The page can't show an output of {string.Join(", ", data.Select(part => part.Key))}.");
    }

    /// <summary>The live chart takes the place of the picture where scripts run.</summary>
    private static string Chart(JsonNode figure, JsonNode? picture)
    {
        const string script = "const place=document.currentScript.parentNode,figure=JSON.parse(place.querySelector('script').textContent),clear='rgba(0,0,0,0)',axis={gridcolor:'rgba(128,128,128,.3)'};"
            + "place.querySelector('.still').remove();const chart=place.appendChild(document.createElement('div'));"
            + "Plotly.newPlot(chart,figure.data,{...figure.layout,paper_bgcolor:clear,plot_bgcolor:clear,font:{...figure.layout?.font,color:getComputedStyle(place).color},template:figure.layout?.template??{layout:{xaxis:axis,yaxis:axis}}},{responsive:true});";
        var still = picture is null ? "<p>This chart needs scripts.</p>" : Picture(MimeTypes.Png, picture);
        return $"<div class=\"shown\"><div class=\"still\">{still}</div><script type=\"application/json\">{figure.ToJsonString().Replace("<", "\\u003c", StringComparison.Ordinal)}</script><script>{{{script}}}</script></div>\n";
    }

    private static string Picture(string mimeType, JsonNode base64) => $"<img alt=\"\" src=\"data:{mimeType};base64,{MultilineText.Join(base64).ReplaceLineEndings("")}\">";

    private static string Text(string text, string name) => $"<pre class=\"{name}\" tabindex=\"0\">{WebUtility.HtmlEncode(text.TrimEnd('\n'))}</pre>\n";
}
