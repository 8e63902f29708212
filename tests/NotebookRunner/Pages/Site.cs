using NotebookRunner.Runs;

namespace NotebookRunner.Pages;

/// <summary>Pages of executed notebooks and an index, in one folder that can be moved and needs no network.</summary>
internal static class Site
{
    private const string Plotly = "plotly-cartesian-2.26.2.min.js";
    private const string KaTeX = "katex";
    private const string Assets = "assets";

    /// <param name="folder">Where the pages go.</param>
    /// <param name="outcomes">The notebooks.</param>
    /// <exception cref="InvalidDataException">A notebook has an equation or an output that can't be shown.</exception>
    public static void Write(string folder, IReadOnlyList<NotebookOutcome> outcomes)
    {
        var assets = Path.Combine(folder, Assets);
        CopyAssets(assets);
        var equations = new Equations();
        var thumbnails = new string?[outcomes.Count];
        for (var i = 0; i < outcomes.Count; i++)
        {
            var (notebook, source) = (outcomes[i].Executed, Path.GetDirectoryName(outcomes[i].Source)!);
            try
            {
                var page = NotebookPage.Write(
                    notebook, new MarkdownHtml(equations, source, folder), $"{Assets}/{KaTeX}/katex.min.css", $"{Assets}/{Plotly}",
                    outcomes.ElementAtOrDefault(i - 1)?.Executed, outcomes.ElementAtOrDefault(i + 1)?.Executed);
                File.WriteAllText(Path.Combine(folder, notebook.Name + ".html"), page);
            }
            catch (InvalidDataException e)
            {
                throw new InvalidDataException($"{notebook.Name}: {e.Message}", e);
            }

            // Charts have no picture until one is drawn for them.
            if ((Thumbnail.Of(notebook) ?? (outcomes[i].Before is { } before ? Thumbnail.Of(before) : null)) is { } picture)
            {
                var name = $"{notebook.Name}.{picture.Extension}";
                File.WriteAllBytes(Path.Combine(assets, name), picture.Content);
                thumbnails[i] = $"{Assets}/{Uri.EscapeDataString(name)}";
            }
        }

        File.WriteAllText(Path.Combine(folder, "index.html"), IndexPage.Write(outcomes, thumbnails));
    }

    private static void CopyAssets(string assets)
    {
        var files = Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, KaTeX), "*", SearchOption.AllDirectories).Append(Path.Combine(AppContext.BaseDirectory, Plotly));
        foreach (var file in files)
        {
            var copy = Path.Combine(assets, Path.GetRelativePath(AppContext.BaseDirectory, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
    }
}
