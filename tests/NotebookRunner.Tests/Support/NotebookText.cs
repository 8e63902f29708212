using System.Text.Json.Nodes;

namespace NotebookRunner.Tests.Support;

/// <summary>Notebooks for tests.</summary>
internal static class NotebookText
{
    /// <summary>A notebook of format 4.5 with nothing but code cells c1, c2, ...</summary>
    public static string OfCode(params string[] cells) => Of([.. cells.Select((code, i) => Code(code, $"c{i + 1}"))]);

    public static string Of(params JsonObject[] cells) =>
        new JsonObject { ["cells"] = new JsonArray([.. cells]), ["metadata"] = new JsonObject(), ["nbformat"] = 4, ["nbformat_minor"] = 5 }.ToJsonString();

    public static JsonObject Code(string code, string? id = null, params JsonNode[] outputs) =>
        Cell("code", code, id, ("execution_count", null), ("outputs", new JsonArray(outputs)));

    public static JsonObject Markdown(string text, string? id = null) => Cell("markdown", text, id);

    private static JsonObject Cell(string type, string source, string? id, params (string Name, JsonNode? Value)[] more)
    {
        var cell = new JsonObject { ["cell_type"] = type, ["metadata"] = new JsonObject(), ["source"] = source };
        if (id is not null)
            cell["id"] = id;
        foreach (var (name, value) in more)
            cell[name] = value;
        return cell;
    }
}
