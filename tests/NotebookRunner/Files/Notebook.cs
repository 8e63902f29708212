using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace NotebookRunner.Files;

/// <summary>A notebook file, format 4.5. What the runner does not know is kept as it is.</summary>
internal sealed class Notebook
{
    private const string HashSection = "semples";
    private const string HashName = "code_sha256";
    private static readonly string[] CellOrder = ["attachments", "cell_type", "execution_count", "id", "metadata", "outputs", "source"];

    private readonly JsonObject _json;

    private Notebook(string path, JsonObject json)
    {
        (Path, _json) = (path, json);
        Cells = [.. json["cells"]!.AsArray().Select(cell => new NotebookCell(cell!.AsObject()))];
    }

    /// <summary>The file it was read from.</summary>
    public string Path { get; }

    /// <summary>The file's name without its ending.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public IReadOnlyList<NotebookCell> Cells { get; }

    public IEnumerable<NotebookCell> CodeCells => Cells.Where(cell => cell.IsCode);

    /// <summary>The first heading, or the file's name.</summary>
    public string Title =>
        Cells.Where(cell => cell.IsMarkdown).SelectMany(cell => cell.Source.Split('\n')).FirstOrDefault(line => line.StartsWith("# ", StringComparison.Ordinal))?[2..].Trim() ?? Name;

    /// <summary>A hash of the code of all cells, whatever their outputs.</summary>
    public string CodeHash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', CodeCells.Select(cell => cell.Source)))));

    /// <summary>The <see cref="CodeHash"/> that the outputs were made from; null where the file does not say.</summary>
    public string? HashOfOutputs => (string?)_json["metadata"]?[HashSection]?[HashName];

    /// <exception cref="InvalidDataException">The file is not a notebook of format 4.</exception>
    public static Notebook Load(string path)
    {
        try
        {
            if (JsonNode.Parse(File.ReadAllText(path)) is not JsonObject json || json["cells"] is not JsonArray)
                throw new InvalidDataException($"{path} is not a notebook: it has no list of cells.");
            if ((int?)json["nbformat"] != 4)
                throw new InvalidDataException($"{path} has notebook format {json["nbformat"]?.ToJsonString() ?? "unknown"}; only 4 is read.");
            return new Notebook(path, json);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} is not a notebook: {e.Message}", e);
        }
    }

    /// <summary>Brings the file to format 4.5 with the metadata of this project's notebooks; cells without an id get one that depends only on their place.</summary>
    public void Normalize()
    {
        _json["nbformat_minor"] = 5;
        var metadata = Section(_json, "metadata");
        metadata["kernelspec"] = new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" };
        metadata["language_info"] = new JsonObject { ["name"] = "polyglot-notebook" };
        metadata["polyglot_notebook"] = new JsonObject
        {
            ["kernelInfo"] = new JsonObject { ["defaultKernelName"] = "csharp", ["items"] = new JsonArray(new JsonObject { ["name"] = "csharp", ["aliases"] = new JsonArray() }) },
        };
        var ids = Cells.Select(cell => cell.Id).OfType<string>().ToHashSet();
        for (var i = 0; i < Cells.Count; i++)
        {
            Section(Cells[i].Json, "metadata");
            for (var n = i + 1; Cells[i].Id is null; n += Cells.Count)
            {
                if (ids.Add($"cell-{n}"))
                    Cells[i].Json["id"] = $"cell-{n}";
            }
        }
    }

    /// <summary>Takes away all outputs.</summary>
    public void ClearOutputs()
    {
        foreach (var cell in CodeCells)
            cell.SetOutputs(null, []);
    }

    /// <summary>Notes that the outputs are those of the present code.</summary>
    public void RecordCodeHash() => Section(Section(_json, "metadata"), HashSection)[HashName] = CodeHash;

    /// <summary>Writes the file, in the order and with the indentation that Jupyter uses; it appears only when it is complete.</summary>
    public void Save(string path)
    {
        var root = Ordered(_json, [.. _json.Select(member => member.Key).Order(StringComparer.Ordinal)]);
        root["cells"] = new JsonArray([.. Cells.Select(cell => (JsonNode)Ordered(cell.Json, CellOrder))]);
        var options = new JsonSerializerOptions { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };
        var temporary = path + ".part";
        File.WriteAllText(temporary, root.ToJsonString(options) + "\n");
        File.Move(temporary, path, overwrite: true);
    }

    private static JsonObject Ordered(JsonObject json, IReadOnlyList<string> order) =>
        new(json.OrderBy(member => order.Contains(member.Key) ? order.ToList().IndexOf(member.Key) : int.MaxValue)
            .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    private static JsonObject Section(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject section)
            parent[name] = section = [];
        return section;
    }
}
