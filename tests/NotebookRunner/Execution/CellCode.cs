namespace NotebookRunner.Execution;

/// <summary>Reads the lines of a cell that the kernel, not the compiler, acts on.</summary>
internal static class CellCode
{
    private const string Magic = "#!";
    private const string Import = "#!import";
    private static readonly string[] ThisLanguage = ["#!csharp", "#!C#", "#!c#", "#!cs"];

    /// <exception cref="CellRefusedException">The cell asks for what the runner or the kernel can't do.</exception>
    public static IReadOnlyList<CellPart> Split(string source)
    {
        CheckReferences(source);
        var parts = new List<CellPart>();
        var code = new List<string>();
        foreach (var line in source.Split('\n'))
        {
            var text = line.Trim();
            if (!text.StartsWith(Magic, StringComparison.Ordinal))
            {
                code.Add(line);
                continue;
            }

            if (text.Split((char[]?)null, 2) is [Import, var file] && file.Trim().Trim('"') is { Length: > 0 } path)
            {
                Finish();
                parts.Add(new CellPart("", path));
            }
            else if (!ThisLanguage.Contains(text))
            {
                throw new CellRefusedException($"Line {code.Count + 1} is '{text}'. Of the kernel's commands that begin with {Magic} the runner knows {Import} FILE and #!csharp.");
            }

            code.Add("");
        }

        Finish();
        return parts;

        void Finish()
        {
            if (code.Any(line => !string.IsNullOrWhiteSpace(line)))
                parts.Add(new CellPart(string.Join('\n', code), null));
            for (var i = 0; i < code.Count; i++)
                code[i] = "";
        }
    }

    private static void CheckReferences(string source)
    {
        var lines = source.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal)).ToArray();
        var references = lines.Where(line => line.StartsWith("#r ", StringComparison.Ordinal)).ToArray();
        if (references.FirstOrDefault(line => line.Contains("nuget:", StringComparison.OrdinalIgnoreCase)) is { } package)
            throw new CellRefusedException($"{package} always asks a package registry, so it fails offline: name the file in the folder that `dotnet build notebooks` fills.");
        if (references.Length > 0 && references.Length < lines.Length)
            throw new CellRefusedException("The kernel wants the #r lines of files alone in a cell: move the other lines to the next one.");
    }
}
