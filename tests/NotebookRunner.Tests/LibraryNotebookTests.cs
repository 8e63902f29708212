using System.Text.RegularExpressions;
using NotebookRunner.Files;
using NotebookRunner.Tests.Support;
using SemPLeS.Tests;
using Xunit;

namespace NotebookRunner.Tests;

/// <summary>Notebooks that load the library: the committed ones and a tiny one of the tests.</summary>
public sealed class LibraryNotebookTests(BuiltLibraries libraries) : IClassFixture<BuiltLibraries>
{
    private const string SmokePreset = "mini-smoke";

    private static string Notebooks => Path.Combine(TestFolders.Repository, "notebooks");

    private static string Fixtures => Path.Combine(TestFolders.Repository, "tests", "NotebookRunner.Tests", "Fixtures");

    private static IEnumerable<string> Committed =>
        new[] { Fixtures, Notebooks }.SelectMany(folder => Directory.EnumerateFiles(folder, "*.ipynb")).Order(StringComparer.Ordinal);

    [Fact]
    public void The_first_cell_names_files_that_the_build_makes_and_nothing_else_of_those_names_lies_in_reach()
    {
        foreach (var path in Committed)
        {
            var source = Notebook.Load(path).CodeCells.First().Source;
            var files = Regex.Matches(source, "^#r \"(.+)\"$", RegexOptions.Multiline).Select(line => Path.GetFullPath(line.Groups[1].Value, Path.GetDirectoryName(path)!)).ToList();

            Assert.NotEmpty(files);
            Assert.All(files, file =>
            {
                Assert.True(File.Exists(file), $"{Path.GetFileName(path)} names {file}, which `dotnet build notebooks` does not make.");
                Assert.Equal(libraries.Folder, Path.GetDirectoryName(file));
                string[] reach = [libraries.Folder, Path.GetDirectoryName(path)!, Command.RunnerFolder];
                Assert.Equal([file], reach.SelectMany(folder => Directory.EnumerateFiles(folder, Path.GetFileName(file), SearchOption.AllDirectories)));
            });
        }
    }

    [Fact]
    public void No_assembly_of_the_runner_takes_the_place_of_one_that_notebooks_load()
    {
        static IEnumerable<string> Assemblies(string folder) => Directory.EnumerateFiles(folder, "*.dll").Select(file => Path.GetFileName(file));

        Assert.Empty(Assemblies(libraries.Folder).Intersect(Assemblies(Command.RunnerFolder)));
    }

    [Fact]
    public void Committed_notebooks_have_the_outputs_of_their_code()
    {
        var check = Command.RunNotebooks(["check", .. Committed]);

        Assert.True(check.Status == 0, check.Text);
    }

    [Fact]
    public void A_tiny_notebook_loads_the_library_and_its_natives_and_shows_pictures_and_charts()
    {
        using var folder = new TemporaryFolder();

        var run = Command.RunNotebooks(["run", Path.Combine(Fixtures, "tiny.ipynb"), "--output", folder.Path, "--timeout", "300"]);

        Assert.True(run.Status == 0, run.Text);
        var cells = Notebook.Load(folder.File("tiny.ipynb")).CodeCells.ToDictionary(cell => cell.Id!, cell => cell.Outputs);
        Assert.Equal("6", MultilineText.Join(cells["tensor"][0]!["data"]!["text/plain"]));
        Assert.Equal("True", MultilineText.Join(cells["weights"][0]!["data"]!["text/plain"]));
        Assert.Equal("4 of 4 drawings", MultilineText.Join(cells["count"][0]!["data"]!["text/plain"]));
        Assert.Contains("src=\"data:image/png", File.ReadAllText(folder.File("tiny.html")), StringComparison.Ordinal);
        Assert.True(File.Exists(folder.File("assets/tiny.png")));
    }

    [Fact]
    [Trait(Speed.Name, Speed.Slow)]
    public void All_notebooks_run_on_the_smoke_preset()
    {
        using var folder = new TemporaryFolder();

        var run = Command.RunNotebooks(["run", .. Committed, "--output", folder.Path, "--timeout", "600"], ("SEMPLES_PRESET", SmokePreset));

        Assert.True(run.Status == 0, run.Text);
    }
}
