using NotebookRunner.Checks;
using NotebookRunner.Files;
using NotebookRunner.Tests.Support;
using Xunit;

namespace NotebookRunner.Tests;

public sealed class NotebookTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cells_keep_their_ids_and_get_one_by_their_place_where_they_have_none()
    {
        var notebook = Load(NotebookText.Of(NotebookText.Code("a"), NotebookText.Code("b", "cell-1"), NotebookText.Markdown("c", "mine"), NotebookText.Code("d")));

        notebook.Normalize();

        Assert.Equal(["cell-5", "cell-1", "mine", "cell-4"], notebook.Cells.Select(cell => cell.Id));
    }

    [Fact]
    public void The_code_s_hash_is_that_of_code_alone_however_its_lines_are_kept()
    {
        var hash = Load(NotebookText.Of(NotebookText.Markdown("old"), NotebookText.Code("a\nb"))).CodeHash;
        var lines = NotebookText.Code("");
        lines["source"] = MultilineText.Split("a\nb");

        Assert.Equal(hash, Load(NotebookText.Of(NotebookText.Markdown("new"), NotebookText.Code("a\nb", "id"))).CodeHash);
        Assert.Equal(hash, Load(NotebookText.Of(lines)).CodeHash);
        Assert.NotEqual(hash, Load(NotebookText.Of(NotebookText.Code("a"), NotebookText.Code("b"))).CodeHash);
    }

    [Fact]
    public void What_the_runner_does_not_know_is_kept()
    {
        var path = _folder.File("kept.ipynb");
        File.WriteAllText(path, """{"cells":[{"cell_type":"raw","id":"r","metadata":{"x":1},"source":["é <b>"],"own":2}],"metadata":{"authors":["A"]},"nbformat":4,"nbformat_minor":2}""");

        var notebook = Notebook.Load(path);
        notebook.Normalize();
        notebook.Save(path);

        var text = File.ReadAllText(path);
        Assert.All(["\"own\": 2", "\"x\": 1", "\"A\"", "é <b>", "\"nbformat_minor\": 5"], part => Assert.Contains(part, text, StringComparison.Ordinal));
        Assert.EndsWith("}\n", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"cells":[],"nbformat":3}""")]
    [InlineData("""{"nbformat":4}""")]
    [InlineData("""{"cells":[1],"nbformat":4}""")]
    public void A_file_that_is_no_notebook_is_named(string text)
    {
        var error = Assert.Throws<InvalidDataException>(() => Load(text));

        Assert.Contains(_folder.Path, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_committed_notebook_needs_outputs_of_its_present_code()
    {
        var notebook = Load(NotebookText.Of(NotebookText.Code("1 + 1", "a")));
        Assert.Equal(["it has no outputs that the runner wrote"], NotebookCheck.Committed(notebook));

        notebook.RecordCodeHash();
        Assert.Empty(NotebookCheck.Committed(notebook));

        notebook.Cells[0].Json["source"] = "1 + 2";
        Assert.Equal(["its code is not what its outputs were made from"], NotebookCheck.Committed(notebook));
    }

    [Fact]
    public void Paths_of_this_machine_are_hidden_and_pictures_left_alone()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        var repository = Directory.CreateDirectory(_folder.File("repository/.git")).Parent!.FullName;
        var paths = new MachinePaths(Path.Combine(repository, "notebooks"));

        Assert.Equal("./a.txt and ../lib/b.cs:line 3", paths.Hide($"{repository}/notebooks/a.txt and {repository}/lib/b.cs:line 3"));
        Assert.Equal("~/.nuget, \"~\"", paths.Hide($"{home}/.nuget, \"{home}\""));
        Assert.Equal($"{home}er/x and iVBORw0K{home}/A", paths.Hide($"{home}er/x and iVBORw0K{home}/A"));
    }

    private Notebook Load(string text)
    {
        var path = _folder.File("test.ipynb");
        File.WriteAllText(path, text);
        return Notebook.Load(path);
    }
}
