using System.Text.Json.Nodes;

namespace NotebookRunner.Files;

/// <summary>Text as notebook files hold it: a string, or a list of lines that keep their line ends.</summary>
internal static class MultilineText
{
    public static string Join(JsonNode? node) => (node is JsonArray lines ? string.Concat(lines.Select(line => (string?)line)) : (string?)node ?? "").ReplaceLineEndings("\n");

    public static JsonNode Split(string text)
    {
        var lines = new JsonArray();
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start) + 1;
            if (end == 0)
                end = text.Length;
            lines.Add(text[start..end]);
            start = end;
        }

        return lines;
    }
}
