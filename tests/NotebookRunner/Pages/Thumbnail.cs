using System.Text.RegularExpressions;
using NotebookRunner.Files;
using NotebookRunner.Formatting;

namespace NotebookRunner.Pages;

/// <summary>The picture that stands for a notebook: of the cell that is tagged <c>thumbnail</c>, else of the first that shows one; of several pictures in an output the one with most to see.</summary>
internal static partial class Thumbnail
{
    private const string Tag = "thumbnail";

    /// <returns>The file's ending and content; null where the notebook shows no picture.</returns>
    public static (string Extension, byte[] Content)? Of(Notebook notebook) =>
        notebook.CodeCells.OrderByDescending(cell => cell.Tags.Contains(Tag)).SelectMany(cell => cell.Outputs).Select(output =>
        {
            if (output!["data"]?[MimeTypes.Png] is { } png)
                return ("png", Convert.FromBase64String(MultilineText.Join(png)));
            // A legend's colours are pictures too, of a few bytes each.
            var found = DataUri().Matches(MultilineText.Join(output["data"]?[MimeTypes.Html])).MaxBy(match => match.Groups["content"].Length);
            return found is not null ? (found.Groups["kind"].Value, Convert.FromBase64String(found.Groups["content"].Value)) : ((string, byte[])?)null;
        }).FirstOrDefault(picture => picture is not null);

    [GeneratedRegex("data:image/(?<kind>png|jpeg);base64,(?<content>[A-Za-z0-9+/]+=*)")]
    private static partial Regex DataUri();
}
