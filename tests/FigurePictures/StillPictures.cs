using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SemPLeS.FigurePictures;

/// <summary>Puts still pictures into executed notebooks and pages.</summary>
internal static class StillPictures
{
    // As Jupyter writes notebooks.
    private static readonly JsonSerializerOptions Notebook = new() { WriteIndented = true, IndentSize = 1, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Draws the figures of a file and writes their pictures into it; a file without figures stays as it is.</summary>
    /// <param name="path">A notebook, .ipynb, or a page.</param>
    /// <param name="draw">Draws figures: PNG files, one for each.</param>
    /// <returns>The number of figures.</returns>
    /// <exception cref="InvalidDataException">The file is no notebook; the message names it.</exception>
    public static int Write(string path, Func<IReadOnlyList<FigureBlock>, IReadOnlyList<byte[]>> draw)
    {
        var text = File.ReadAllText(path);
        if (!path.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase))
        {
            var blocks = FigureBlock.Find(text);
            if (blocks.Count > 0)
                File.WriteAllText(path, FigureBlock.Fill(text, draw(blocks)));
            return blocks.Count;
        }

        JsonNode notebook;
        JsonObject[] bundles;
        try
        {
            notebook = JsonNode.Parse(text)!;
            bundles = [.. Bundles(notebook)];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException)
        {
            throw new InvalidDataException($"{path} is no notebook: {exception.Message}", exception);
        }

        var figures = bundles.Select(bundle => FigureBlock.Find(Html(bundle))).ToArray();
        var count = figures.Sum(found => found.Count);
        if (count == 0)
            return 0;
        // One start of the browser draws all of them.
        var pictures = draw([.. figures.SelectMany(found => found)]);
        var drawn = 0;
        foreach (var (bundle, found) in bundles.Zip(figures))
        {
            Set(bundle, FigureBlock.Fill(Html(bundle), pictures.Skip(drawn).Take(found.Count)));
            drawn += found.Count;
        }

        File.WriteAllText(path, notebook.ToJsonString(Notebook) + "\n");
        return count;
    }

    private static IEnumerable<JsonObject> Bundles(JsonNode notebook) =>
        from cell in notebook["cells"]!.AsArray()
        from output in cell!["outputs"]?.AsArray() ?? []
        let bundle = output!["data"] as JsonObject
        where bundle?["text/html"] is not null
        select bundle;

    // nbformat: a text, or the list of its lines.
    private static string Html(JsonObject bundle) =>
        bundle["text/html"] is JsonArray lines ? string.Concat(lines.Select(line => line!.GetValue<string>())) : bundle["text/html"]!.GetValue<string>();

    private static void Set(JsonObject bundle, string html) =>
        bundle["text/html"] = bundle["text/html"] is JsonArray ? new JsonArray([.. Lines(html).Select(line => (JsonNode)line)]) : html;

    private static IEnumerable<string> Lines(string text)
    {
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = text.IndexOf('\n', start) + 1;
            if (end == 0)
                end = text.Length;
            yield return text[start..end];
        }
    }
}
