using System.Diagnostics;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>What is handed in to a cluster, without one.</summary>
public sealed class SubmitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("submit").FullName;

    private string Settings => Path.Combine(_folder, "cluster.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Each_depth_is_an_array_that_waits_for_those_it_starts_from_and_shared_runs_are_there_once()
    {
        var scripts = Scripts(DryRun());
        Assert.Equal(
            ["# level-1.sh:", "# level-2.sh, after level-1.sh:", "# level-3.sh, after level-2.sh:", "# level-4.sh, after level-1.sh and level-3.sh:"],
            scripts.Select(script => script[..(script.IndexOf(".sh:", StringComparison.Ordinal) + 4)]));
        // Two worlds; three of the table's four rows have prompts and a stage c of their own.
        Assert.Equal(["0-1", "0-1", "0-5", "0-5"], scripts.Select(script => Option(script, "array")));
        Assert.Equal(2 + 2 + 6 + 6, scripts.Sum(script => script.Split('\n')[0].Split(';').Length));
        Assert.False(Directory.Exists(Path.Combine(_folder, "store")));
    }

    [Fact]
    public void The_file_decides_what_a_job_asks_for()
    {
        File.WriteAllText(Settings, """
            {
              // what the lab has
              "partition": "gpu", "account": "lab", "gres": "gpu:a100:1", "cpus": 6, "memoryGigabytes": 40, "hours": 2.5, "teraflops": 1e-9, "signalSeconds": 300, "atOnce": 3,
              "setup": ["module load dotnet/10"], "container": "apptainer exec --nv semples.sif", "program": "/opt/semples/semples", "sbatch": ["--exclude=node7"],
            }
            """);
        var script = Scripts(DryRun("--cluster", Settings))[2];
        Assert.Equal(
            ("gpu", "lab", "gpu:a100:1", "6", "40G", "155", "B:USR1@300", "0-5%3", "node7"),
            (Option(script, "partition"), Option(script, "account"), Option(script, "gres"), Option(script, "cpus-per-task"), Option(script, "mem"), Option(script, "time"), Option(script, "signal"), Option(script, "array"), Option(script, "exclude")));
        Assert.Contains("\nmodule load dotnet/10\n", script, StringComparison.Ordinal);
        Assert.Contains("\napptainer exec --nv semples.sif /opt/semples/semples table 4 --preset mini-smoke", script, StringComparison.Ordinal);
        Assert.Contains("--device cuda $own &", script, StringComparison.Ordinal);
        Assert.Matches("\n# expected: .* GB of main memory, .* GB of a GPU\n", script);
        Assert.DoesNotContain("--submit", script, StringComparison.Ordinal);
        Assert.DoesNotContain(Settings, script, StringComparison.Ordinal);
    }

    [Fact]
    public void Time_and_memory_follow_from_what_the_longest_run_is_expected_to_cost()
    {
        File.WriteAllText(Settings, """{ "teraflops": 1e-5, "cpus": 2, "margin": 4, "memoryMargin": 9, "hours": 1000, "signalSeconds": 60 }""");
        var scripts = Scripts(DryRun("--cluster", Settings));
        var preset = AblationPreset.Named("mini-smoke");
        var prices = new[] { 0, 1 }.Select(world => preset.Runs(world, 0, new StageVariation())).Select(runs => (Phase1: runs.Phase1.Price!(null), Prompting: runs.Prompting(1).Price!(null))).ToArray();
        foreach (var (script, price) in new[] { (scripts[0], prices.MaxBy(price => price.Phase1.Operations).Phase1), (scripts[2], prices.MaxBy(price => price.Prompting.Operations).Prompting) })
        {
            var minutes = (int)Math.Ceiling(((4 * price.Seconds(1e-5, 2)) + 60) / 60);
            Assert.True(minutes > 11, $"{minutes} would be the least limit.");
            Assert.Equal($"{minutes}", Option(script, "time"));
            Assert.Equal($"{(int)Math.Ceiling(9 * price.MainBytes(onGpu: false, 2) / (1L << 30))}G", Option(script, "mem"));
        }

        // Batches in parts take less memory.
        Assert.NotEqual(Scripts(DryRun("--cluster", Settings, "--micro-batch", "1"))[0].Split('\n')[1], scripts[0].Split('\n')[1]);
    }

    [Fact]
    public void A_device_that_is_named_stays_and_names_with_spaces_are_one_word()
    {
        File.WriteAllText(Settings, """{ "gres": "gpu:1" }""");
        var store = Path.Combine(_folder, "a store's");
        var script = Scripts(ConsoleRun.Of("table", "4", "--preset", "mini-smoke", "--store", store, "--device", "cpu", "--submit", "slurm", "--dry-run", "--cluster", Settings).Output)[0];
        Assert.DoesNotContain("cuda", script, StringComparison.Ordinal);
        Assert.Contains($"--store '{store.Replace("'", "'\\''", StringComparison.Ordinal)}'", script, StringComparison.Ordinal);
    }

    [Fact]
    public void A_shell_reads_the_scripts()
    {
        var path = Path.Combine(_folder, "level.sh");
        File.WriteAllText(path, Scripts(DryRun())[0]);
        using var bash = Process.Start(new ProcessStartInfo("bash", ["-n", path]) { RedirectStandardError = true })!;
        Assert.Equal("", bash.StandardError.ReadToEnd());
    }

    [Theory]
    [InlineData("""{ "partitions": "gpu" }""", "partitions")]
    [InlineData("""{ "hasGpu": true }""", "hasGpu")]
    [InlineData("""{ "cpus": 0 }""", "at least 1")]
    [InlineData("""{ "hours": -1 }""", "hours")]
    [InlineData("""{ "teraflops": 0 }""", "teraflops")]
    [InlineData("""{ "memoryMargin": .5 }""", "memoryMargin")]
    [InlineData("""{ "signalSeconds": 70000 }""", "signalSeconds")]
    [InlineData("null", "null")]
    [InlineData("{", "cluster")]
    public void A_file_that_is_none_is_an_error_that_names_it(string content, string text)
    {
        File.WriteAllText(Settings, content);
        var run = ConsoleRun.Of("table", "4", "--preset", "mini-smoke", "--submit", "slurm", "--dry-run", "--cluster", Settings);
        Assert.Equal(1, run.Status);
        Assert.StartsWith($"error: {Settings} does not describe a cluster", run.Error, StringComparison.Ordinal);
        Assert.Contains(text, run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "goes with --submit", "--cluster", "x.json")]
    [InlineData(2, "does not go with", "--submit", "slurm", "--run", "0123")]
    [InlineData(2, "pbs", "--submit", "pbs")]
    [InlineData(1, "--fresh does not go with jobs", "--submit", "slurm", "--fresh")]
    [InlineData(1, "x.json", "--submit", "slurm", "--cluster", "x.json")]
    [InlineData(1, "No run of this command has the key 0123", "--run", "0123")]
    public void Options_that_do_not_go_together_are_refused(int status, string text, params string[] options)
    {
        var run = ConsoleRun.Of(["table", "4", "--preset", "mini-smoke", "--store", Path.Combine(_folder, "store"), "--output", Path.Combine(_folder, "output"), .. options]);
        Assert.Equal(status, run.Status);
        Assert.Contains(text, run.Error, StringComparison.Ordinal);
    }

    private string DryRun(params string[] more) =>
        ConsoleRun.Of(["table", "4", "--preset", "mini-smoke", "--seeds", "2", "--store", Path.Combine(_folder, "store"), "--submit", "slurm", "--dry-run", .. more]).Output;

    private static string[] Scripts(string output) => [.. output.Split("# level-", StringSplitOptions.RemoveEmptyEntries).Select(script => "# level-" + script)];

    private static string Option(string script, string name)
    {
        var start = $"#SBATCH --{name}=";
        return script.Split('\n').First(line => line.StartsWith(start, StringComparison.Ordinal))[start.Length..];
    }
}
