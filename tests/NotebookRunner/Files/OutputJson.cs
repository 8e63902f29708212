using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookRunner.Execution;

namespace NotebookRunner.Files;

/// <summary>Outputs as the notebook format has them.</summary>
internal static partial class OutputJson
{
    public static JsonArray Of(IReadOnlyList<CellOutput> outputs, int executionCount, MachinePaths paths) =>
        [.. outputs.Select(output => (JsonNode)(output switch
        {
            StreamOutput stream => new JsonObject
            {
                ["name"] = stream.Name,
                ["output_type"] = "stream",
                ["text"] = MultilineText.Split(paths.Hide(Overwritten().Replace(stream.Text.ToString().ReplaceLineEndings("\n"), ""))),
            },
            DisplayOutput display => Display(display, executionCount, paths),
            ErrorOutput error => Error(error, paths),
            _ => throw new ArgumentException($"An output can't be a {output.GetType().Name}.", nameof(outputs)),
        }))];

    public static JsonObject Error(ErrorOutput error, MachinePaths paths) => new()
    {
        ["ename"] = error.Name,
        ["evalue"] = paths.Hide(error.Message),
        ["output_type"] = "error",
        ["traceback"] = new JsonArray([.. paths.Hide(error.Trace).Split('\n').Select(line => (JsonNode)line)]),
    };

    private static JsonObject Display(DisplayOutput display, int executionCount, MachinePaths paths)
    {
        var data = new JsonObject();
        foreach (var value in display.Values)
            data[value.MimeType] = IsJson(value.MimeType) ? JsonNode.Parse(value.Text) : MultilineText.Split(paths.Hide(value.Text.ReplaceLineEndings("\n")));
        var json = new JsonObject { ["data"] = data };
        if (display.IsResult)
            json["execution_count"] = executionCount;
        json["metadata"] = new JsonObject();
        json["output_type"] = display.IsResult ? "execute_result" : "display_data";
        return json;
    }

    private static bool IsJson(string mimeType) => mimeType == "application/json" || mimeType.EndsWith("+json", StringComparison.Ordinal);

    /// <summary>What a carriage return takes the cursor back over.</summary>
    [GeneratedRegex("[^\n]*\r")]
    private static partial Regex Overwritten();
}
