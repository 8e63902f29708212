using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NotebookRunner.Files;
using NotebookRunner.Pages;
using NotebookRunner.Runs;
using NotebookRunner.Tests.Support;
using Xunit;

namespace NotebookRunner.Tests;

public sealed class PageTests : IDisposable
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Equations_are_drawn_when_the_page_is_made_and_their_fonts_lie_beside_it()
    {
        var page = Write(NotebookText.Markdown("Mask $M_k$ and\n\n$$\n\\mathcal{L} = \\sum_k x_k\n$$\n\n$$y$$"));

        Assert.Equal(3, Regex.Count(page, "class=\"katex\""));
        Assert.Equal(2, Regex.Count(page, "class=\"katex-display\""));
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.File("site/assets/katex/katex.min.css")));
        Assert.True(File.Exists(_folder.File("site/assets/katex/fonts/KaTeX_Main-Regular.woff2")));
    }

    [Fact]
    public void An_equation_that_is_none_is_an_error_that_names_notebook_and_equation()
    {
        var error = Assert.Throws<InvalidDataException>(() => Write(NotebookText.Markdown("$\\frac{1}$")));

        Assert.Contains("test", error.Message, StringComparison.Ordinal);
        Assert.Contains("\\frac{1}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_and_pictures_of_the_text_work_from_the_page()
    {
        Directory.CreateDirectory(_folder.File("docs"));
        File.WriteAllBytes(_folder.File("docs/a.png"), Convert.FromBase64String(Png));
        var attached = NotebookText.Markdown("![](attachment:b.png)");
        attached["attachments"] = new JsonObject { ["b.png"] = new JsonObject { ["image/png"] = Png } };

        var page = Write(
            NotebookText.Markdown("![picture](docs/a.png) [next](02-x.ipynb#part) [file](docs/a.png) [web](https://example.org/a.ipynb) [up](#top)"), attached);

        Assert.Equal(2, Regex.Count(page, Regex.Escape($"src=\"data:image/png;base64,{Png}\"")));
        Assert.All(["02-x.html#part", "../docs/a.png", "https://example.org/a.ipynb", "#top"], address => Assert.Contains($"href=\"{address}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Code_and_outputs_appear_as_they_are()
    {
        const string code = "#r \"a.dll\"\nvar s = $\"<{1}>\"; // <b>\nif (s == @\"x\" && 'c' != 'd') { }";
        var page = Write(NotebookText.Code(code, "a", Stream("1 < 2\n"), Display("text/plain", "a & b"), Display("text/html", "<p id=\"own\">")));

        var shown = Regex.Match(page, "<pre class=\"code\"[^>]*><code>(.*?)</code>", RegexOptions.Singleline).Groups[1].Value;
        Assert.Equal(code, WebUtility.HtmlDecode(Regex.Replace(shown, "</?span[^>]*>", "")));
        Assert.Contains("<span class=\"k\">if</span>", shown, StringComparison.Ordinal);
        Assert.Contains("1 &lt; 2", page, StringComparison.Ordinal);
        Assert.Contains("a &amp; b", page, StringComparison.Ordinal);
        Assert.Contains("<p id=\"own\">", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_pages_with_charts_load_plotly_and_all_load_the_same_local_file()
    {
        var plain = Write(NotebookText.Code("1", "a", Display("text/plain", "1")));
        var chart = new JsonObject { ["output_type"] = "display_data", ["data"] = JsonNode.Parse($$$"""{"application/vnd.plotly.v1+json":{"data":[],"layout":{}},"image/png":"{{{Png}}}"}""") };
        var charts = Write(NotebookText.Code("1", "a", chart));

        Assert.DoesNotContain("<script", plain, StringComparison.Ordinal);
        var address = Assert.Single(Regex.Matches(charts, "<script src=\"([^\"]*)\"")).Groups[1].Value;
        Assert.True(new FileInfo(_folder.File("site/" + address)).Length > 1_000_000);
        Assert.Contains("<img alt=\"\" src=\"data:image/png", charts, StringComparison.Ordinal);
    }

    [Fact]
    public void The_index_shows_title_first_paragraph_and_the_tagged_picture()
    {
        var tagged = NotebookText.Code("2", "b", Display("text/html", $"<img class=\"swatch\" src=\"data:image/png;base64,AAAA\"><img src=\"data:image/png;base64,{Png}\">"));
        tagged["metadata"]!["tags"] = new JsonArray("thumbnail");

        Write(NotebookText.Markdown("# A *title* & more\n\nWhat `it` is."), NotebookText.Code("1", "a", Display("image/png", "AAAA")), tagged);

        var index = File.ReadAllText(_folder.File("site/index.html"));
        Assert.Contains("A *title* &amp; more", index, StringComparison.Ordinal);
        Assert.Contains("<p>What it is.</p>", index, StringComparison.Ordinal);
        Assert.Contains("src=\"assets/test.png\"", index, StringComparison.Ordinal);
        Assert.Equal(Convert.FromBase64String(Png), File.ReadAllBytes(_folder.File("site/assets/test.png")));
    }

    [Fact]
    public void A_notebook_whose_charts_have_no_picture_yet_keeps_the_one_that_was_drawn_before()
    {
        var (source, site) = (_folder.File("test.ipynb"), _folder.File("site"));
        File.WriteAllText(source, NotebookText.Of([NotebookText.Code("1", "a", Display("text/html", "<p>values of the chart</p>"))]));
        var executed = Notebook.Load(source);
        File.WriteAllText(source, NotebookText.Of([NotebookText.Code("1", "a", Display("text/html", $"<img src=\"data:image/png;base64,{Png}\">"))]));

        Site.Write(site, [new NotebookOutcome(source, executed, null, [], TimeSpan.Zero) { Before = Notebook.Load(source) }]);

        Assert.Equal(Convert.FromBase64String(Png), File.ReadAllBytes(_folder.File("site/assets/test.png")));
    }

    private static JsonObject Stream(string text) => new() { ["output_type"] = "stream", ["name"] = "stdout", ["text"] = text };

    private static JsonObject Display(string mimeType, string text) => new() { ["output_type"] = "display_data", ["metadata"] = new JsonObject(), ["data"] = new JsonObject { [mimeType] = text } };

    private string Write(params JsonObject[] cells)
    {
        var (source, site) = (_folder.File("test.ipynb"), _folder.File("site"));
        File.WriteAllText(source, NotebookText.Of(cells));
        Site.Write(site, [new NotebookOutcome(source, Notebook.Load(source), null, [], TimeSpan.Zero)]);
        return File.ReadAllText(Path.Combine(site, "test.html"));
    }
}
