using System.Text.Json.Nodes;

namespace NotebookRunner.Files;

/// <summary>A cell of a notebook file.</summary>
internal sealed class NotebookCell(JsonObject json)
{
    public JsonObject Json => json;

    public string? Id => (string?)json["id"];

    public bool IsCode => (string?)json["cell_type"] == "code";

    public bool IsMarkdown => (string?)json["cell_type"] == "markdown";

    public string Source => MultilineText.Join(json["source"]);

    /// <summary>The outputs; empty for cells that are not code.</summary>
    public JsonArray Outputs => IsCode ? json["outputs"] as JsonArray ?? [] : [];

    /// <summary>Labels that the author gave it.</summary>
    public IEnumerable<string> Tags => json["metadata"]?["tags"] is JsonArray tags ? tags.Select(tag => (string?)tag ?? "") : [];

    /// <summary>The language that the cell is marked with; null where it has the notebook's.</summary>
    public string? Language => (string?)(json["metadata"]?["polyglot_notebook"]?["kernelName"] ?? json["metadata"]?["dotnet_interactive"]?["language"]);

    /// <param name="executionCount">Null for a cell that was not run.</param>
    /// <param name="outputs">As the notebook format has them.</param>
    public void SetOutputs(int? executionCount, JsonArray outputs)
    {
        json["execution_count"] = executionCount;
        json["outputs"] = outputs;
    }
}
