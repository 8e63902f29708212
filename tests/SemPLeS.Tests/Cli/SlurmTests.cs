using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SemPLeS.Data;
using SemPLeS.Experiments.Store;
using SemPLeS.MaskGenerator;
using SemPLeS.Tests.MaskGenerator;
using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>Tables through a real Slurm, on two nodes of this machine.</summary>
public sealed class SlurmTests(SmallCluster cluster) : IClassFixture<SmallCluster>, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs").FullName;

    private string Store => Path.Combine(_folder, "store");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SlurmFact]
    [Trait(Speed.Name, Speed.Slow)]
    public void Table_4_of_the_miniature_world_through_jobs_that_are_killed_and_queued_again_is_the_local_one_bit_for_bit()
    {
        var submitted = cluster.Console([.. MiniTable(Store), "--submit", "slurm"]);
        Assert.Contains("Scripts and what the jobs say", submitted, StringComparison.Ordinal);
        var status = cluster.Console(MiniTable(Store));
        Assert.Contains("14 of 22 runs are stored.", status, StringComparison.Ordinal);
        Assert.Contains("waiting", status, StringComparison.Ordinal);

        // Each job is queued again once, of those that are found training; but of the first of stage c the program dies, as it would for want of memory.
        var (disturbed, killed) = (new HashSet<string>(), false);
        cluster.WaitForAll(TimeSpan.FromMinutes(10), Disturb);
        // Where Slurm has dropped a job, those that start from it have failed.
        for (var attempt = 0; attempt < 2 && !killed; attempt++)
        {
            _ = cluster.Console([.. MiniTable(Store), "--submit", "slurm"]);
            cluster.WaitForAll(TimeSpan.FromMinutes(10), Disturb);
        }

        Assert.NotEmpty(disturbed);
        Assert.True(killed, $"No job of stage c was found training.\n{string.Join('\n', Logs())}");
        Assert.Contains("killed (status 137)", cluster.Console(MiniTable(Store)), StringComparison.Ordinal);
        Complete(MiniTable(Store));
        var local = Path.Combine(_folder, "local");
        var table = cluster.Console(MiniTable(local));
        Assert.Equal(8, ConsoleProcess.Results(local).Count);
        Assert.Equal(ConsoleProcess.Results(local), ConsoleProcess.Results(Store));
        Assert.Equal(4, Rows(table).Length);
        Assert.Equal(Rows(table), Rows(cluster.Console(MiniTable(Store))));
        Assert.Contains(Logs(), text => text.Contains("start 2", StringComparison.Ordinal));

        void Disturb(IReadOnlyList<(string Job, string State, string Reason)> jobs)
        {
            foreach (var (job, _, _) in jobs.Where(job => job.State == "RUNNING" && IsTraining(job.Job) && disturbed.Add(job.Job)).ToArray())
            {
                if (killed || !Log(job).Contains("stage-c: epoch", StringComparison.Ordinal))
                    _ = cluster.TryRun("scontrol", "requeue", job);
                else
                    killed = Kill(job);
            }
        }

        static string[] Rows(string text) => [.. text.Split('\n').Where(line => line.TrimStart().StartsWith("L_match", StringComparison.Ordinal))];
    }

    [SlurmFact]
    [Trait(Speed.Name, Speed.Slow)]
    public void A_job_near_its_time_limit_saves_and_queues_again()
    {
        string[] sweep = ["sweep", "--set", "epochs=1", "--threads", "1", "--store", Store, "--output", Path.Combine(_folder, "output")];
        _ = cluster.Console([.. sweep, "--submit", "slurm"]);
        // The signal of Slurm's --signal, which sends it up to a minute too early, at the moment that is wanted.
        var told = false;
        cluster.WaitForAll(TimeSpan.FromMinutes(5), jobs =>
        {
            if (!told && jobs.FirstOrDefault(job => job.State == "RUNNING") is { Job: { } running } && Logs().Any(log => log.Contains("phase-1: epoch 2/5", StringComparison.Ordinal)))
                told = cluster.TryRun("scancel", "--batch", "--signal=USR1", running);
        });

        Assert.Contains(Logs(), text => text.Contains("start 2", StringComparison.Ordinal) && text.Contains("Stopped. What was trained is saved", StringComparison.Ordinal));
        // The runs that came with the library tell what phase 1 ends with.
        var store = new ResultStore(Store, ResultStore.ShippedPath);
        var phase1 = store.Entries().Select(entry => entry.Run!).Single(run => Directory.Exists(store.FilesOf(run.Key)) && run.Stage == "phase-1");
        Assert.True(File.Exists(store.WeightsPath(phase1.Key, "generator")));
        Assert.Empty(store.WeightsDefects(phase1));
        Complete(sweep);
    }

    [SlurmFact]
    [Trait(Speed.Name, Speed.Slow)]
    public void A_job_that_fails_says_why_and_what_starts_from_it_does_not_run()
    {
        // Jobs whose program is not there.
        var settings = Path.Combine(_folder, "cluster.json");
        File.WriteAllText(settings, """{ "program": "/nowhere/semples" }""");
        _ = cluster.Console([.. Table(Store), "--submit", "slurm", "--cluster", settings]);
        cluster.WaitForAll(TimeSpan.FromMinutes(3));
        var status = cluster.Console(Table(Store));
        Assert.Contains("failed", status, StringComparison.Ordinal);
        Assert.Contains("status 127", status, StringComparison.Ordinal);
        Assert.Contains("0 of 16 runs are stored.", status, StringComparison.Ordinal);
        Assert.Contains("No job is left", status, StringComparison.Ordinal);

        // With the right program a run whose start is missing is refused, by name.
        var key = File.ReadLines(Directory.EnumerateFiles(Path.Combine(Store, "slurm"), "level-2.arguments", SearchOption.AllDirectories).Single()).First().Split(' ')[1];
        using var job = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SemPLeS.Cli.dll"), .. Table(Store), "--run", key]) { RedirectStandardError = true })!;
        var said = job.StandardError.ReadToEnd();
        job.WaitForExit();
        Assert.Equal(1, job.ExitCode);
        Assert.Contains("stage-a starts from mini-smoke 0, seed 0, phase-1, which the store", said, StringComparison.Ordinal);
    }

    [SlurmFact]
    [Trait(Speed.Name, Speed.Slow)]
    public void Seeds_and_masks_of_a_split_in_jobs_are_those_of_the_whole()
    {
        var (generator, settings) = (Path.Combine(_folder, "generator.safetensors"), Path.Combine(_folder, "cluster.json"));
        using (var random = GeneratorStart.Random(Generators.Tiny with { Classes = VocClasses.Names.Count }, new RandomStream(0)))
            random.Save(generator);
        File.WriteAllText(settings, """{ "gres": "", "memoryGigabytes": 1 }""");
        using var photographs = new PhotographFolder();
        var (whole, parts) = (Path.Combine(_folder, "whole"), Path.Combine(_folder, "parts"));
        string[] submit = ["--submit", "slurm", "--shards", "3", "--cluster", settings];
        _ = cluster.Console(Line("seeds", whole));
        _ = cluster.Console(Line("masks", whole, "--threshold", ".5"));
        Assert.Contains("their results together, after", cluster.Console([.. Line("seeds", parts), .. submit]), StringComparison.Ordinal);
        _ = cluster.Console([.. Line("masks", parts, "--threshold", ".5"), .. submit]);
        cluster.WaitForAll(TimeSpan.FromMinutes(3));

        Assert.Equal(Iou(whole, "seeds.json"), Iou(parts, "seeds.json"));
        Assert.Equal(Iou(whole, "masks.json"), Iou(parts, "masks.json"));
        Assert.Equal(UndisturbedRun.Hashes(whole), UndisturbedRun.Hashes(parts));

        string[] Line(string command, string output, params string[] more) => [command, "--voc", photographs.Root, "--weights", generator, "--protocol", "Q", "--output", output, .. more];

        // The scores are told in full, so that equal texts are equal numbers.
        static string Iou(string folder, string record) => Regex.Match(File.ReadAllText(Path.Combine(folder, record)), "\"iou\": *{[^}]*}").Value is { Length: > 100 } text ? text : throw new InvalidDataException($"{record} has no scores.");
    }

    /// <summary>The third training seed of world 0: the other two come with the library.</summary>
    private static string[] MiniTable(string store) => ["table", "4", "--preset", "mini", "--training-seeds", "3", "--threads", "1", "--store", store, "--output", store + "-output"];

    private string[] Table(string store) => ["table", "4", "--preset", "mini-smoke", "--seeds", "2", "--threads", "1", "--store", store, "--output", store + "-output"];

    /// <summary>Slurm drops now and then a job that ended as it was told to queue again: what is missing is handed in again.</summary>
    private void Complete(string[] command)
    {
        var told = cluster.Console(command);
        for (var attempt = 0; attempt < 3 && !told.Contains("Tables:", StringComparison.Ordinal); attempt++)
        {
            _ = cluster.Console([.. command, "--submit", "slurm"]);
            cluster.WaitForAll(TimeSpan.FromMinutes(3));
            told = cluster.Console(command);
        }

        Assert.True(told.Contains("Tables:", StringComparison.Ordinal), told + string.Join('\n', Logs()));
    }

    private bool IsTraining(string job) => Log(job).Contains(": epoch ", StringComparison.Ordinal);

    /// <summary>What a job has said since it last started.</summary>
    private string Log(string job) => Logs().Select(log => log[Math.Max(0, log.LastIndexOf("job ", StringComparison.Ordinal))..]).FirstOrDefault(log => log.StartsWith($"job {job} ", StringComparison.Ordinal)) ?? string.Empty;

    /// <summary>Kills the program of a job, and not its script.</summary>
    private bool Kill(string job)
    {
        var parts = job.Split('_');
        var key = Directory.EnumerateFiles(Path.Combine(Store, "slurm"), "submission.json", SearchOption.AllDirectories)
            .SelectMany(path => JsonNode.Parse(File.ReadAllText(path))!["levels"]!.AsArray())
            .Single(level => (string?)level!["job"] == parts[0])!["keys"]![int.Parse(parts[1], CultureInfo.InvariantCulture)]!.GetValue<string>();
        foreach (var folder in Directory.EnumerateDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _)))
        {
            try
            {
                if (File.ReadAllText(Path.Combine(folder, "cmdline")).Contains($"--run\0{key}", StringComparison.Ordinal))
                {
                    using var process = Process.GetProcessById(int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture));
                    process.Kill();
                    return true;
                }
            }
            catch (Exception exception) when (exception is IOException or ArgumentException)
            {
                // It has ended meanwhile.
            }
        }

        return false;
    }

    private string[] Logs() => [.. Directory.EnumerateFiles(Path.Combine(Store, "slurm"), "*.log", SearchOption.AllDirectories).Select(File.ReadAllText)];
}
