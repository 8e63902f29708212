using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookRunner.Files;
using NotebookRunner.Formatting;

namespace NotebookRunner.Pages;

/// <summary>The picture that stands for a notebook: the last one of the cell that is tagged <c>thumbnail</c>; else, of the first output that shows any, the one with most to see.</summary>
internal static partial class Thumbnail
{
    private const string Tag = "thumbnail";

    /// <returns>The file's ending and content; null where the notebook shows no picture.</returns>
    public static (string Extension, byte[] Content)? Of(Notebook notebook) =>
        notebook.CodeCells.OrderByDescending(cell => cell.Tags.Contains(Tag)).SelectMany(cell => cell.Outputs.Select(output => Of(output!, cell.Tags.Contains(Tag))))
            .FirstOrDefault(picture => picture is not null);

    private static (string Extension, byte[] Content)? Of(JsonNode output, bool isTagged)
    {
        if (output["data"]?[MimeTypes.Png] is { } png)
            return ("png", Convert.FromBase64String(MultilineText.Join(png)));
        var pictures = DataUri().Matches(MultilineText.Join(output["data"]?[MimeTypes.Html]));
        // A legend's colours are pictures too, of a few bytes each, and stand before the others.
        var found = isTagged ? pictures.LastOrDefault() : pictures.MaxBy(match => match.Groups["content"].Length);
        return found is not null ? (found.Groups["kind"].Value, Convert.FromBase64String(found.Groups["content"].Value)) : null;
    }

    [GeneratedRegex("data:image/(?<kind>png|jpeg);base64,(?<content>[A-Za-z0-9+/]+=*)")]
    private static partial Regex DataUri();
}
