using System.Net;
using NotebookRunner.Files;
using NotebookRunner.Runs;

namespace NotebookRunner.Pages;

/// <summary>The page that leads to the others.</summary>
internal static class IndexPage
{
    /// <param name="outcomes">What became of each notebook.</param>
    /// <param name="thumbnails">For each, the address of a picture from it; null where it has none.</param>
    public static string Write(IReadOnlyList<NotebookOutcome> outcomes, IReadOnlyList<string?> thumbnails) =>
        PageFrame.Write("Notebooks", "", $"<h1>Notebooks</h1>\n<ul class=\"notebooks\">\n{string.Concat(outcomes.Zip(thumbnails, Entry))}</ul>\n");

    private static string Entry(NotebookOutcome outcome, string? thumbnail)
    {
        var picture = thumbnail is null ? "<span class=\"thumbnail\"></span>" : $"<img class=\"thumbnail\" alt=\"\" src=\"{thumbnail}\">";
        var end = outcome.Stopped is { } cell ? $"<p class=\"stopped\">Stopped in cell {cell}.</p>" : "";
        var summary = Summary(outcome.Executed) is { } text ? $"<p>{WebUtility.HtmlEncode(text)}</p>" : "";
        return $"<li><a href=\"{Uri.EscapeDataString(outcome.Executed.Name)}.html\">{picture}{WebUtility.HtmlEncode(outcome.Executed.Title)}</a>{end}{summary}</li>\n";
    }

    private static string? Summary(Notebook notebook) =>
        notebook.Cells.Where(cell => cell.IsMarkdown).Select(cell => MarkdownHtml.FirstParagraph(cell.Source)).FirstOrDefault(text => text is not null);
}
