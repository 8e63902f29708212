using SemPLeS.Cli;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using Xunit;

namespace SemPLeS.Tests.Cli;

public sealed class TableCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("table").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Store => Path.Combine(_folder, "store");

    [Fact]
    public void A_sweep_is_planned_run_written_and_then_read()
    {
        string[] sweep = ["sweep", "--set", "lambda=0,.5", "--preset", "mini-smoke", "--store", Store, "--output", Path.Combine(_folder, "out")];
        var plan = ConsoleRun.Of([.. sweep, "--dry-run"]);
        Assert.Contains("5 runs, 5 to compute", plan.Output, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Store));

        var first = ConsoleRun.Of(sweep);
        Assert.Equal(SemplesConsole.Done, first.Status);
        Assert.Contains("run 1/5", first.Error, StringComparison.Ordinal);
        Assert.Contains("\"lambda = .5\" over \"lambda = 0\"", first.Output, StringComparison.Ordinal);
        Assert.Equal(
            ["index.html", "sweep.csv", "sweep.json", "sweep.md", "sweep.tex"],
            Directory.GetFiles(Path.Combine(_folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        var again = ConsoleRun.Of(sweep);
        Assert.Equal(first.Output, again.Output);
        Assert.DoesNotContain("run 1/", again.Error, StringComparison.Ordinal);
        Assert.Contains(", 0 to compute", ConsoleRun.Of([.. sweep, "--dry-run"]).Output, StringComparison.Ordinal);

        Assert.Contains("stage-c", ConsoleRun.Of("store", "list", "--store", Store).Output, StringComparison.Ordinal);
        Assert.Equal(SemplesConsole.Done, ConsoleRun.Of("store", "verify", "--store", Store).Status);
        var record = Directory.GetFiles(Store, "*.json")[0];
        var key = Path.GetFileNameWithoutExtension(record);
        Assert.Contains($"\"key\": \"{key}\"", ConsoleRun.Of("store", "show", key[..12], "--store", Store).Output, StringComparison.Ordinal);

        File.WriteAllText(record, "{}");
        var verified = ConsoleRun.Of("store", "verify", "--store", Store);
        Assert.Equal(SemplesConsole.Failed, verified.Status);
        Assert.Contains(record, verified.Output, StringComparison.Ordinal);
        Assert.Contains("1 records deleted", ConsoleRun.Of("store", "prune", "--store", Store).Output, StringComparison.Ordinal);
        Assert.False(File.Exists(record));
    }

    [Theory]
    [InlineData("table")]
    [InlineData("table", "2")]
    [InlineData("table", "4", "--seeds", "0")]
    [InlineData("table", "4", "--preset", "voc07")]
    [InlineData("sweep")]
    [InlineData("sweep", "--set", "beta=1")]
    [InlineData("table", "1", "4", "--row", "CLIMS")]
    public void What_can_not_be_made_is_wrong_usage(params string[] arguments) => Assert.Equal(SemplesConsole.WrongUsage, ConsoleRun.Of(arguments).Status);

    [Theory]
    [InlineData("has no row 'CLIP'", "table", "1", "--row", "CLIP")]
    [InlineData("--data FOLDER", "table", "1", "--preset", "voc-tiny", "--weights", "vit.safetensors")]
    [InlineData("--weights FILE goes with --preset voc-tiny", "table", "1", "--weights", "vit.safetensors")]
    [InlineData("--weights FILE goes with --preset voc-tiny", "table", "1", "--preset", "voc-tiny", "--data", "voc")]
    [InlineData("There are no weights none.safetensors", "table", "1", "--preset", "voc-tiny", "--data", "voc", "--weights", "none.safetensors")]
    public void What_does_not_go_together_is_one_line(string expected, params string[] arguments)
    {
        var run = ConsoleRun.Of(arguments);
        Assert.Equal(SemplesConsole.Failed, run.Status);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.Single(run.Error.Trim().Split('\n'));
    }

    [Fact]
    public void Photographs_without_CLIP_have_table_1_of_two_methods_and_no_other()
    {
        using var photographs = new PhotographFolder();
        photographs.List("val", "photograph00");
        var weights = Path.Combine(_folder, "vit.safetensors");
        using (var trunk = GeneratorStart.Random(PhotographPreset.Generator(1), new RandomStream(0)))
            trunk.Save(weights);
        string[] arguments = ["--preset", "voc-tiny", "--data", photographs.Root, "--weights", weights, "--store", Store];

        Assert.Contains("2 runs, 2 to compute", ConsoleRun.Of(["table", "1", .. arguments, "--dry-run"]).Output, StringComparison.Ordinal);
        Assert.Contains("voc-tiny has table 1, and no table 4", ConsoleRun.Of(["table", "4", .. arguments]).Error, StringComparison.Ordinal);
        Assert.Contains("no CLIP", ConsoleRun.Of(["sweep", "--set", "lambda=0,1", .. arguments]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void More_worlds_than_there_are_is_an_error_before_anything_runs()
    {
        var run = ConsoleRun.Of("table", "4", "--seeds", "9", "--store", Store, "--output", Path.Combine(_folder, "out"));
        Assert.Equal(SemplesConsole.Failed, run.Status);
        Assert.Contains("5 worlds", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Store));
    }

    [Fact]
    public void A_key_that_no_run_has_is_an_error()
    {
        var run = ConsoleRun.Of("store", "show", "zzz", "--store", Store);
        Assert.Equal(SemplesConsole.Failed, run.Status);
        Assert.Contains("zzz", run.Error, StringComparison.Ordinal);
    }
}
