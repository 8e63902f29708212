using System.Globalization;
using System.Net;
using System.Text;
using NotebookRunner.Files;

namespace NotebookRunner.Pages;

/// <summary>An executed notebook as a page.</summary>
internal static class NotebookPage
{
    /// <param name="notebook">What to show.</param>
    /// <param name="markdown">Shows its text.</param>
    /// <param name="equationStyle">The address of the style sheet for equations.</param>
    /// <param name="plotly">The address of plotly's script.</param>
    /// <param name="previous">The page before; null for the first.</param>
    /// <param name="next">The page after; null for the last.</param>
    /// <exception cref="InvalidDataException">A cell can't be shown.</exception>
    public static string Write(Notebook notebook, MarkdownHtml markdown, string equationStyle, string plotly, Notebook? previous, Notebook? next)
    {
        var body = new StringBuilder();
        foreach (var cell in notebook.Cells)
            Cell(body, cell, markdown);
        var styles = body.ToString().Contains("class=\"katex\"", StringComparison.Ordinal) ? $"<link rel=\"stylesheet\" href=\"{equationStyle}\">\n" : "";
        var scripts = notebook.CodeCells.SelectMany(cell => cell.Outputs).Any(output => OutputHtml.NeedsPlotly(output!)) ? $"<script src=\"{plotly}\"></script>\n" : "";
        var links = $"<nav aria-label=\"Notebooks\"><a href=\"index.html\">All notebooks</a>{Link(previous, "prev", "Previous")}{Link(next, "next", "Next")}</nav>\n";
        return PageFrame.Write(notebook.Title, styles + scripts, $"{links}{body}{links.Replace("\"Notebooks\"", "\"Notebooks, again\"")}");
    }

    private static string Link(Notebook? notebook, string relation, string label) =>
        notebook is null ? "" : $"<a rel=\"{relation}\" href=\"{Uri.EscapeDataString(notebook.Name)}.html\">{label}: {WebUtility.HtmlEncode(notebook.Title)}</a>";

    private static void Cell(StringBuilder body, NotebookCell cell, MarkdownHtml markdown)
    {
        if (cell.IsMarkdown)
        {
            body.Append("<div class=\"text\">\n").Append(markdown.Render(cell)).Append("</div>\n");
        }
        else if (cell.IsCode)
        {
            var count = (int?)cell.Json["execution_count"];
            body.Append("<div class=\"cell\">\n");
            body.Append(CultureInfo.InvariantCulture, $"<div class=\"count\">{(count is null ? "not run" : $"[{count}]")}</div>\n");
            body.Append("<pre class=\"code\" tabindex=\"0\"><code>").Append(CodeHtml.Of(cell.Source)).Append("</code></pre>\n");
            foreach (var output in cell.Outputs)
                body.Append(OutputHtml.Of(output!));
            body.Append("</div>\n");
        }
    }
}
