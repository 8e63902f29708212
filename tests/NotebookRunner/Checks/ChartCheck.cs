using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookRunner.Files;
using NotebookRunner.Formatting;

namespace NotebookRunner.Checks;

/// <summary>Finds plotly charts in outputs, as JSON of their own or in HTML, and says which of them show nothing.</summary>
internal static partial class ChartCheck
{
    private static readonly string[] DataNames =
    [
        "x", "y", "z", "values", "labels", "lat", "lon", "r", "theta", "a", "b", "c", "u", "v", "w", "i", "source", "dimensions", "locations", "open", "cells", "link", "parents", "value",
    ];

    /// <summary>What is wrong with the charts of an output; empty where nothing is.</summary>
    public static IEnumerable<string> Problems(JsonNode output)
    {
        if (output["data"] is not JsonObject data)
            yield break;
        if (data[MimeTypes.Plotly] is { } figure && Problem(figure["data"]) is { } problem)
            yield return problem;
        if (data[MimeTypes.Html] is not { } html)
            yield break;
        foreach (var traces in TracesInHtml(MultilineText.Join(html)))
        {
            if (Problem(traces) is { } found)
                yield return found;
        }
    }

    private static string? Problem(JsonNode? traces) =>
        traces is not JsonArray { Count: > 0 } list ? "an empty chart: it has no trace"
        : list.All(trace => trace is JsonObject o && DataNames.Any(name => HasValues(o[name]))) ? null
        : "an empty chart: a trace has no data";

    /// <summary>A list with an entry, a single value, or plotly's packed arrays.</summary>
    private static bool HasValues(JsonNode? node) => node switch
    {
        JsonArray list => list.Count > 0 && list.Any(item => item is not JsonArray inner || HasValues(inner)),
        JsonObject packed when packed.ContainsKey("bdata") => (string?)packed["bdata"] is { Length: > 0 },
        JsonObject parts => parts.Any(part => HasValues(part.Value)),
        null => false,
        _ => true,
    };

    private static IEnumerable<JsonNode?> TracesInHtml(string html)
    {
        foreach (Match script in JsonScript().Matches(html))
        {
            if (ReadJson(html, script.Index + script.Length) is JsonObject figure && figure.ContainsKey("data"))
                yield return figure["data"];
        }

        foreach (Match data in PlotlyCall().Matches(html))
        {
            if (ReadJson(html, data.Index + data.Length) is JsonArray traces)
                yield return traces;
        }
    }

    /// <summary>The JSON value that begins at a place in a text; null where there is none.</summary>
    private static JsonNode? ReadJson(string text, int start)
    {
        var reader = new Utf8JsonReader(System.Text.Encoding.UTF8.GetBytes(text[start..]), isFinalBlock: false, default);
        try
        {
            return JsonNode.Parse(ref reader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    [GeneratedRegex("""<script[^>]*type=["']?application/(vnd\.plotly[^"'>]*\+)?json["']?[^>]*>\s*""", RegexOptions.IgnoreCase)]
    private static partial Regex JsonScript();

    [GeneratedRegex("""(Plotly\.(newPlot|react)\([^,]*,\s*|\bvar data\s*=\s*)(?=\[)""")]
    private static partial Regex PlotlyCall();
}
