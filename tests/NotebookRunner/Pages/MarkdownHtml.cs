using Markdig;
using Markdig.Extensions.AutoIdentifiers;
using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using NotebookRunner.Files;

namespace NotebookRunner.Pages;

/// <summary>Text cells as HTML.</summary>
/// <param name="equations">Shows the equations.</param>
/// <param name="folder">The notebook's folder: what its links and pictures start from.</param>
/// <param name="output">The page's folder.</param>
internal sealed class MarkdownHtml(Equations equations, string folder, string output)
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseTaskLists().UseFootnotes().UseEmphasisExtras().UseMathematics().UseAutoIdentifiers(AutoIdentifierOptions.GitHub).Build();

    /// <summary>The first paragraph, without formatting; null where there is none.</summary>
    public static string? FirstParagraph(string markdown) =>
        Markdown.Parse(markdown, Pipeline).OfType<ParagraphBlock>().FirstOrDefault() is { } paragraph
            ? Markdown.ToPlainText(markdown.Substring(paragraph.Span.Start, paragraph.Span.Length)).Trim()
            : null;

    /// <exception cref="InvalidDataException">An equation can't be shown.</exception>
    public string Render(NotebookCell cell)
    {
        var document = Markdown.Parse(cell.Source, Pipeline);
        foreach (var link in document.Descendants<LinkInline>())
            link.Url = link.IsImage ? PictureAddress(link.Url, cell) : LinkAddress(link.Url);
        using var writer = new StringWriter();
        var renderer = new HtmlRenderer(writer);
        Pipeline.Setup(renderer);
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathInlineRenderer>(new EquationRenderer(equations));
        renderer.ObjectRenderers.ReplaceOrAdd<HtmlMathBlockRenderer>(new EquationBlockRenderer(equations));
        renderer.Render(document);
        return writer.ToString();
    }

    /// <summary>Pictures travel in the page, wherever it is taken.</summary>
    private string? PictureAddress(string? address, NotebookCell cell)
    {
        if (address is null)
            return null;
        const string attachment = "attachment:";
        if (address.StartsWith(attachment, StringComparison.Ordinal))
        {
            return cell.Json["attachments"]?[address[attachment.Length..]]?.AsObject().FirstOrDefault() is { Value: { } data } picture
                ? $"data:{picture.Key};base64,{MultilineText.Join(data)}"
                : address;
        }

        var mimeType = Path.GetExtension(address).ToLowerInvariant() switch { ".png" => "image/png", ".jpg" or ".jpeg" => "image/jpeg", ".svg" => "image/svg+xml", ".gif" => "image/gif", _ => null };
        return File(address) is { } file && mimeType is not null ? $"data:{mimeType};base64,{Convert.ToBase64String(System.IO.File.ReadAllBytes(file))}" : address;
    }

    /// <summary>A notebook beside this one has a page beside this one; other files stay where they are.</summary>
    private string? LinkAddress(string? address)
    {
        if (address is null || address.StartsWith('#'))
            return address;
        var (path, anchor) = address.Split('#', 2) is [var before, var after] ? (before, "#" + after) : (address, "");
        if (path.EndsWith(".ipynb", StringComparison.Ordinal) && !path.Contains('/', StringComparison.Ordinal))
            return Path.ChangeExtension(path, ".html") + anchor;
        return File(path) is { } file ? Path.GetRelativePath(output, file).Replace('\\', '/') + anchor : address;
    }

    private string? File(string address)
    {
        if (Uri.TryCreate(address, UriKind.Absolute, out _))
            return null;
        var path = Path.GetFullPath(Path.Combine(folder, Uri.UnescapeDataString(address)));
        return Path.Exists(path) ? path : null;
    }
}
