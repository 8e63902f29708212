using System.Text.Json.Nodes;
using SemPLeS.FigurePictures;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class StillPicturesTests : IDisposable
{
    private static readonly byte[] Png = [1, 2, 3];

    private readonly string _folder = Directory.CreateTempSubdirectory("stills").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_figure_is_found_with_what_drawing_it_needs()
    {
        var figures = SampleFigures.All("<\"boat\"> & </script>").Values;

        var blocks = FigureBlock.Find(string.Concat(figures.Select(figure => figure.ToHtml())));

        Assert.Equal(figures.Select(figure => (figure.Title, figure.Width, figure.Height)), blocks.Select(block => (block.Title, block.Width, block.Height)));
        Assert.All(figures.Zip(blocks), pair => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(pair.First.Json), JsonNode.Parse(pair.Second.Json))));
    }

    [Fact]
    public void A_figure_that_gets_a_picture_is_what_the_library_writes_with_that_picture() =>
        Assert.All(SampleFigures.All("<\"boat\"> & </script>").Values, figure => Assert.Equal((figure with { Png = Png }).ToHtml(), FigureBlock.Fill(figure.ToHtml(), [Png])));

    [Fact]
    public void A_new_picture_takes_the_place_of_the_old_one()
    {
        var figure = SampleFigures.All("boat")["bars"];

        Assert.Equal(FigureBlock.Fill(figure.ToHtml(), [Png]), FigureBlock.Fill((figure with { Png = new byte[] { 9 } }).ToHtml(), [Png]));
    }

    [Fact]
    public void A_notebook_keeps_everything_but_its_figures()
    {
        var (bars, curves) = (SampleFigures.All("boat")["bars"], SampleFigures.All("boat")["curves"]);
        var before = Notebook(bars.ToHtml() + curves.ToHtml(), "<i>é</i>");
        var path = Write("a.ipynb", before.ToJsonString());

        var count = StillPictures.Write(path, Draw);

        Assert.Equal(2, count);
        var expected = Notebook((bars with { Png = new byte[] { 0 } }).ToHtml() + (curves with { Png = new byte[] { 1 } }).ToHtml(), "<i>é</i>");
        Assert.True(JsonNode.DeepEquals(expected, JsonNode.Parse(File.ReadAllText(path))));
    }

    [Fact]
    public void A_page_gets_pictures_too()
    {
        var figure = SampleFigures.All("boat")["bars"];
        var path = Write("a.html", $"<html>{figure.ToHtml()}</html>");

        StillPictures.Write(path, Draw);

        Assert.Equal($"<html>{(figure with { Png = new byte[] { 0 } }).ToHtml()}</html>", File.ReadAllText(path));
    }

    [Fact]
    public void A_notebook_without_figures_stays_as_it_is()
    {
        var text = Notebook("<b>no figure</b>").ToJsonString();
        var path = Write("a.ipynb", text);

        Assert.Equal(0, StillPictures.Write(path, _ => throw new InvalidOperationException("nothing is to be drawn")));
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("{}")]
    public void A_file_that_is_no_notebook_is_an_error_that_names_it(string text)
    {
        var path = Write("a.ipynb", text);

        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => StillPictures.Write(path, Draw)).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<byte[]> Draw(IReadOnlyList<FigureBlock> figures) => [.. figures.Select((_, i) => (byte[])[(byte)i])];

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }

    /// <summary>A notebook with one output as a list of lines, and others as texts.</summary>
    private static JsonObject Notebook(string html, params string[] others) => new()
    {
        ["cells"] = new JsonArray(
            new JsonObject { ["cell_type"] = "markdown", ["source"] = "text" },
            new JsonObject
            {
                ["cell_type"] = "code",
                ["outputs"] = new JsonArray(
                [
                    new JsonObject { ["output_type"] = "stream", ["text"] = "printed" },
                    new JsonObject { ["data"] = new JsonObject { ["text/html"] = new JsonArray([.. html.Split('\n').Select((line, i) => (JsonNode)(i < html.Count(c => c == '\n') ? line + "\n" : line)).Where(line => line.GetValue<string>().Length > 0)]) } },
                    .. others.Select(other => new JsonObject { ["data"] = new JsonObject { ["text/html"] = other } }),
                ]),
            }),
        ["nbformat"] = 4,
    };
}
