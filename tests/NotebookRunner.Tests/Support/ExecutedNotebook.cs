using System.Text.Json.Nodes;
using NotebookRunner.Files;

namespace NotebookRunner.Tests.Support;

/// <summary>A notebook that the runner has run.</summary>
internal sealed class ExecutedNotebook : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ExecutedNotebook(string notebook, IReadOnlyDictionary<string, string>? otherFiles = null, params string[] options)
    {
        var source = Directory.CreateDirectory(_folder.File("source")).FullName;
        foreach (var (name, text) in otherFiles ?? new Dictionary<string, string>())
            File.WriteAllText(Path.Combine(source, name), text);
        File.WriteAllText(Path.Combine(source, "test.ipynb"), notebook);
        Site = _folder.File("site");
        Command = Command.RunNotebooks(["run", Path.Combine(source, "test.ipynb"), "--output", Site, .. options]);
        Text = File.ReadAllText(Path.Combine(Site, "test.ipynb"));
        Notebook = Notebook.Load(Path.Combine(Site, "test.ipynb"));
    }

    public Command Command { get; }

    public string Site { get; }

    /// <summary>The executed notebook's file.</summary>
    public string Text { get; }

    public Notebook Notebook { get; }

    public string Page => File.ReadAllText(Path.Combine(Site, "test.html"));

    /// <summary>The output of a code cell, counted from 1.</summary>
    public JsonNode Output(int cell, int output = 0) => Notebook.CodeCells.ElementAt(cell - 1).Outputs[output]!;

    public int Outputs(int cell) => Notebook.CodeCells.ElementAt(cell - 1).Outputs.Count;

    /// <summary>What an output of a code cell shows as a MIME type.</summary>
    public string Shown(int cell, int output = 0, string mimeType = "text/plain") => MultilineText.Join(Output(cell, output)["data"]![mimeType]);

    public string Printed(int cell, int output = 0) => MultilineText.Join(Output(cell, output)["text"]);

    public void Dispose() => _folder.Dispose();
}
