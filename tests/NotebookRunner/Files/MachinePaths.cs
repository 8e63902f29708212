using System.Text.RegularExpressions;

namespace NotebookRunner.Files;

/// <summary>Keeps the folders of one machine out of outputs: what lies in the repository is named relative to the notebook, home is ~ and the temporary folder $TMP.</summary>
internal sealed class MachinePaths
{
    private readonly (Regex Path, string Shown)[] _rules;

    /// <param name="folder">The notebook's folder.</param>
    public MachinePaths(string folder)
    {
        var rules = new List<(string Path, string Shown)> { (folder, "."), (Path.GetTempPath(), "$TMP"), (Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "~") };
        if (Repository(folder) is { } root)
            rules.Add((root, Path.GetRelativePath(folder, root)));
        _rules =
        [
            .. rules.Select(rule => (Path: Path.TrimEndingDirectorySeparator(rule.Path), rule.Shown)).Where(rule => rule.Path.Length > 1)
                .DistinctBy(rule => rule.Path).OrderByDescending(rule => rule.Path.Length)
                // Not inside of a longer path, nor of a picture's base64.
                .Select(rule => (new Regex($@"(?<![\w+=\\.~-]){Regex.Escape(rule.Path)}(?![\w.-])"), rule.Shown.Replace("$", "$$"))),
        ];
    }

    public string Hide(string text) => _rules.Aggregate(text, (shown, rule) => rule.Path.Replace(shown, rule.Shown));

    private static string? Repository(string folder)
    {
        for (var at = folder; at is not null; at = Path.GetDirectoryName(at))
        {
            if (Path.Exists(Path.Combine(at, ".git")))
                return at;
        }

        return null;
    }
}
