using NotebookRunner.Tests.Support;
using SemPLeS.Tests;
using Xunit;

namespace NotebookRunner.Tests;

/// <summary>What the runner does with notebooks, through its command line.</summary>
public sealed class RunTests
{
    [Fact]
    public void Cells_show_and_print_in_order_and_see_what_earlier_ones_declared()
    {
        using var run = new ExecutedNotebook(NotebookText.OfCode(
            "var numbers = new List<int> { 1, 2, 3 };",
            "Console.Write(\"a\"); Console.WriteLine(1.5); display(numbers); Console.Error.Write(\"b\"); await Task.Delay(1); numbers.Count",
            "numbers.Sum().Display();",
            "display(HTML(\"<b>bold</b>\")); \"<i>\".DisplayAs(\"text/html\"); HTML(\"<u>\")",
            "string? nothing = null; nothing",
            "Console.WriteLine(Enumerable.Range(0, 3).Sum());",
            "void Nothing() { } Nothing()",
            "return 4;"));

        Assert.Equal((0, ""), (run.Command.Status, string.Concat(run.Notebook.CodeCells.First().Outputs)));
        Assert.Equal("a1.5\n", run.Printed(2));
        Assert.Equal("[ 1, 2, 3 ]", run.Shown(2, 1));
        Assert.Equal(("stderr", "b"), ((string?)run.Output(2, 2)["name"], run.Printed(2, 2)));
        Assert.Equal(("execute_result", 2, "3"), ((string?)run.Output(2, 3)["output_type"], (int?)run.Output(2, 3)["execution_count"], run.Shown(2, 3)));
        Assert.Equal(("display_data", "6"), ((string?)run.Output(3)["output_type"], run.Shown(3)));
        Assert.Equal(["<b>bold</b>", "<i>", "<u>"], Enumerable.Range(0, 3).Select(i => run.Shown(4, i, "text/html")));
        Assert.Equal("<null>", run.Shown(5));
        Assert.Equal("3\n", run.Printed(6));
        Assert.Equal((1, 0), (run.Outputs(6), run.Outputs(7)));
        Assert.Equal("4", run.Shown(8));
    }

    [Fact]
    public void An_update_replaces_what_was_shown_in_its_place_as_the_same_MIME_type()
    {
        using var run = new ExecutedNotebook(NotebookText.OfCode(
            "var shown = display(\"first\"); display(\"second\"); shown.Update(3);",
            "var html = HTML(\"<b>1</b>\").Display(); foreach (var i in new[] { 2, 3 }) html.Update(HTML($\"<b>{i}</b>\"));",
            "shown.Update(\"from another cell\"); html.Update(\"<\");",
            "var inTask = display(0); await Task.Run(() => inTask.Update(1));",
            "var thread = new System.Threading.Thread(() => inTask.Update(2)); thread.UnsafeStart(); thread.Join();"));

        Assert.Equal((2, "from another cell", "second"), (run.Outputs(1), run.Shown(1), run.Shown(1, 1)));
        Assert.Equal((1, "<pre>&lt;</pre>"), (run.Outputs(2), run.Shown(2, 0, "text/html")));
        Assert.Equal((0, 1), (run.Outputs(3), run.Outputs(4)));
        Assert.Equal("1", run.Shown(4));
        Assert.Equal("2\n", run.Printed(5));
    }

    [Fact]
    public void An_exception_stops_the_notebook_with_the_cell_s_number_code_and_stack()
    {
        using var run = new ExecutedNotebook(NotebookText.OfCode(
            "int Half(int x) =>\n    x % 2 == 0 ? x / 2 : throw new ArgumentException(\"odd: \" + x);", "Console.WriteLine(\"before\");\nHalf(3)", "Half(4)"));

        Assert.Equal(1, run.Command.Status);
        Assert.Contains("stopped in cell 2", run.Command.Text, StringComparison.Ordinal);
        Assert.Contains("Cell 2 (c2) failed", run.Command.Text, StringComparison.Ordinal);
        Assert.Contains("    Half(3)", run.Command.Text, StringComparison.Ordinal);
        Assert.Contains("in cell 1:line 2", run.Command.Text, StringComparison.Ordinal);
        Assert.Contains("in cell 2:line 2", run.Command.Text, StringComparison.Ordinal);
        Assert.Equal("before\n", run.Printed(2));
        Assert.Equal(("error", "System.ArgumentException", "odd: 3"), ((string?)run.Output(2, 1)["output_type"], (string?)run.Output(2, 1)["ename"], (string?)run.Output(2, 1)["evalue"]));
        Assert.Equal(0, run.Outputs(3));
        Assert.Null(run.Notebook.CodeCells.Last().Json["execution_count"]);
        Assert.Null(run.Notebook.HashOfOutputs);
        Assert.Contains("odd: 3", run.Page, StringComparison.Ordinal);
        Assert.Contains("Stopped in cell 2", File.ReadAllText(Path.Combine(run.Site, "index.html")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("var a = 1;\nvar x = missing;", "cell 1(2,9)")]
    [InlineData("#!markdown\n# text", "'#!markdown'")]
    [InlineData("#r \"nuget: TorchSharp\"", "offline")]
    [InlineData("#r \"missing.dll\"", "missing.dll")]
    [InlineData("#r \"missing.dll\"\nvar x = 1;", "alone in a cell")]
    [InlineData("#!import missing.ipynb", "no such file")]
    [InlineData("File.Exists(\"x\")", "'File'")]
    [InlineData("Environment.FailFast(\"broken\");", "broken")]
    public void What_can_t_run_stops_the_notebook_and_says_why(string code, string reason)
    {
        using var run = new ExecutedNotebook(NotebookText.OfCode(code));

        Assert.Equal(1, run.Command.Status);
        Assert.Contains("stopped in cell 1", run.Command.Text, StringComparison.Ordinal);
        Assert.Contains(reason, run.Command.Text, StringComparison.Ordinal);
        Assert.Equal("error", (string?)run.Output(1)["output_type"]);
    }

    [Fact]
    public void A_cell_of_another_language_is_refused()
    {
        var cell = NotebookText.Code("let x = 1");
        cell["metadata"]!["polyglot_notebook"] = new System.Text.Json.Nodes.JsonObject { ["kernelName"] = "fsharp" };

        using var run = new ExecutedNotebook(NotebookText.Of(cell));

        Assert.Equal(1, run.Command.Status);
        Assert.Contains("fsharp", run.Command.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_notebook_that_takes_too_long_is_ended_and_keeps_what_it_had_shown()
    {
        using var run = new ExecutedNotebook(NotebookText.OfCode("\"early\"", "System.Threading.Thread.Sleep(-1);"), null, "--timeout", "20");

        Assert.Equal(1, run.Command.Status);
        Assert.Contains("more than 20 s", run.Command.Text, StringComparison.Ordinal);
        Assert.Equal("early", run.Shown(1));
        Assert.Equal("Timeout", (string?)run.Output(2)["ename"]);
    }

    [Fact]
    public void Relative_paths_of_r_and_import_start_from_the_notebook_s_folder()
    {
        var assembly = Path.GetFileName(typeof(RunTests).Assembly.Location);
        var files = new Dictionary<string, string>
        {
            ["helper.ipynb"] = NotebookText.Of(NotebookText.Markdown("# Helper"), NotebookText.Code("int Twice(int x) => 2 * x;"), NotebookText.Code("display(\"imported\");")),
            ["more.cs"] = "public record Pair(int A, int B);",
        };
        using var folder = new TemporaryFolder();
        File.Copy(typeof(RunTests).Assembly.Location, folder.File(assembly));

        using var run = new ExecutedNotebook(
            NotebookText.OfCode(
                $"#r \"../../{Path.GetFileName(folder.Path)}/{assembly}\"",
                "#!import helper.ipynb\n#!import more.cs\nTwice(21)",
                "new Pair(1, 2)",
                "System.IO.Directory.GetCurrentDirectory() == System.IO.Path.GetFullPath(\".\") && System.IO.File.Exists(\"more.cs\")",
                "typeof(NotebookRunner.Tests.RunTests).Assembly.Location"),
            files);

        Assert.True(run.Command.Status == 0, run.Command.Text);
        Assert.Equal("imported", run.Shown(2));
        Assert.Equal("42", run.Shown(2, 1));
        Assert.Equal("Pair { A = 1, B = 2 }", run.Shown(3));
        Assert.Equal("True", run.Shown(4));
        Assert.EndsWith(assembly, run.Shown(5), StringComparison.Ordinal);
        Assert.StartsWith("$TMP/", run.Shown(5), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_write_the_same_notebook_and_page_without_this_machine_s_paths()
    {
        var text = NotebookText.Of(
            NotebookText.Markdown("# Title\n\n$x^2$"),
            NotebookText.Code("System.IO.Directory.GetCurrentDirectory().Display(); Console.WriteLine(System.IO.Path.GetFullPath(\"a\"));"),
            NotebookText.Code("new System.Diagnostics.StackTrace(true).FrameCount > 0"));

        using var first = new ExecutedNotebook(text);
        using var second = new ExecutedNotebook(text);

        Assert.Equal(first.Text, second.Text);
        Assert.Equal(first.Page, second.Page);
        Assert.Equal((".", "./a\n"), (first.Shown(1), first.Printed(1, 1)));
        Assert.Equal(["cell-1", "cell-2", "cell-3"], first.Notebook.Cells.Select(cell => cell.Id));
        Assert.DoesNotContain(TestFolders.Repository, first.Text + first.Page, StringComparison.Ordinal);
        Assert.Equal(".net-csharp", (string?)System.Text.Json.Nodes.JsonNode.Parse(first.Text)!["metadata"]!["kernelspec"]!["name"]);
    }

    [Fact]
    public void Write_back_puts_outputs_and_the_code_s_hash_into_the_notebook_once()
    {
        using var folder = new TemporaryFolder();
        var path = folder.File("a.ipynb");
        File.WriteAllText(path, NotebookText.OfCode("1 + 1"));
        Assert.Equal(1, Command.RunNotebooks(["check", path]).Status);

        var run = Command.RunNotebooks(["run", path, "--write-back"]);
        var written = File.ReadAllText(path);

        Assert.True(run.Status == 0, run.Text);
        Assert.Equal((0, ""), (Command.RunNotebooks(["check", folder.Path]) is var check ? check.Status : -1, check.Text));
        Assert.Equal(0, Command.RunNotebooks(["run", path, "--write-back"]).Status);
        Assert.Equal(written, File.ReadAllText(path));
        File.WriteAllText(path, written.Replace("1 + 1", "1 + 2", StringComparison.Ordinal));
        var changed = Command.RunNotebooks(["check", path]);
        Assert.Equal(1, changed.Status);
        Assert.Contains("not what its outputs were made from", changed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_back_leaves_a_notebook_that_fails_as_it_was_and_refuses_a_preset()
    {
        using var folder = new TemporaryFolder();
        var (path, text) = (folder.File("a.ipynb"), NotebookText.OfCode("1", "throw new Exception();"));
        File.WriteAllText(path, text);

        Assert.Equal(1, Command.RunNotebooks(["run", path, "--write-back"]).Status);
        var refused = Command.RunNotebooks(["run", path, "--write-back"], ("SEMPLES_PRESET", "mini-smoke"));

        Assert.Equal(1, refused.Status);
        Assert.Contains("SEMPLES_PRESET", refused.Text, StringComparison.Ordinal);
        Assert.Equal(text, File.ReadAllText(path));
    }

    [Fact]
    public void Notebooks_run_side_by_side_in_processes_of_their_own_and_one_that_fails_does_not_stop_the_others()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("01-a.ipynb"), NotebookText.OfCode("Environment.ProcessId"));
        File.WriteAllText(folder.File("02-b.ipynb"), NotebookText.OfCode("throw new Exception(\"b\");"));
        File.WriteAllText(folder.File("03-c.ipynb"), NotebookText.OfCode("Environment.ProcessId"));

        var run = Command.RunNotebooks(["run", folder.Path, "--output", folder.File("site"), "--parallel", "3"]);

        Assert.Equal(1, run.Status);
        Assert.Contains("01-a.ipynb: done", run.Text, StringComparison.Ordinal);
        Assert.Contains("03-c.ipynb: done", run.Text, StringComparison.Ordinal);
        var processes = new[] { "01-a", "03-c" }.Select(name => Files.Notebook.Load(folder.File($"site/{name}.ipynb")).CodeCells.Single().Outputs[0]!["data"]!.ToJsonString());
        Assert.Equal(2, processes.Distinct().Count());
        Assert.All(["01-a", "02-b", "03-c"], name => Assert.Contains($"{name}.html", File.ReadAllText(folder.File("site/index.html")), StringComparison.Ordinal));
    }

    [Fact]
    public void An_empty_chart_and_outputs_that_are_too_large_are_failures()
    {
        using var run = new ExecutedNotebook(NotebookText.OfCode(
            "\"{\\\"data\\\":[],\\\"layout\\\":{}}\".DisplayAs(\"application/vnd.plotly.v1+json\");", "new string('x', 2_000_001)"));

        Assert.Equal(1, run.Command.Status);
        Assert.Contains("cell 1 (c1) shows an empty chart", run.Command.Text, StringComparison.Ordinal);
        Assert.Contains("more than 2 MB", run.Command.Text, StringComparison.Ordinal);
    }

    [NbformatFact]
    public void Executed_notebooks_are_valid_for_nbformat()
    {
        using var run = new ExecutedNotebook(NotebookText.OfCode("Console.WriteLine(1); display(HTML(\"<b>\")); 2", "throw new Exception(\"x\");"));

        const string script = "import nbformat, sys; nbformat.validate(nbformat.read(sys.argv[1], as_version=nbformat.NO_CONVERT))";
        var validation = Command.Run(NbformatFactAttribute.Python!, ["-W", "error", "-c", script, Path.Combine(run.Site, "test.ipynb")]);

        Assert.True(validation.Status == 0, validation.Text);
    }
}
