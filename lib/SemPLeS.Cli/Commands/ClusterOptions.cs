using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Cli.Slurm;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;

namespace SemPLeS.Cli.Commands;

/// <summary>The options that spread a table's runs over the machines of a cluster.</summary>
internal sealed class ClusterOptions
{
    private const int MiniatureGigabytes = 4;
    private const int PhotographGigabytes = 16;

    private readonly Option<string?> _submit = new("--submit")
    {
        Description = "slurm: hand the runs that the store lacks in as job arrays, one for each depth of what starts from what, and return. The same command without it tells how they stand.",
        HelpName = "ENGINE",
    };

    private readonly Option<string?> _cluster = new("--cluster")
    {
        Description = $"With --submit: what the cluster wants of a job, in JSON: partition, account, qos, gres, cpus, memoryGigabytes, hours, margin, atOnce, signalSeconds, setup, container, program, sbatch. [default: {ClusterSettings.DefaultFile}, if it is there]",
        HelpName = "FILE",
    };

    private readonly Option<string?> _run = new("--run") { Description = "Compute this one run of the plan, whose starts are stored: what a job of a cluster does.", HelpName = "KEY" };
    private readonly Option<bool> _here = new("--here") { Description = "Compute here what is missing, though jobs for it were handed in." };

    public ClusterOptions(Command command)
    {
        _submit.AcceptOnlyFromAmong("slurm");
        foreach (var option in new Option[] { _submit, _cluster, _run, _here })
            command.Add(option);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_cluster) is not null && result.GetResult(_submit) is null)
                result.AddError($"{_cluster.Name} goes with {_submit.Name}.");
            if (result.GetResult(_run) is not null && result.GetResult(_submit) is not null)
                result.AddError($"{_run.Name} does not go with {_submit.Name}.");
        });
    }

    /// <summary>Whether runs are to be handed in.</summary>
    public bool Submits(ParseResult parsed) => parsed.GetValue(_submit) is not null;

    /// <summary>The key of the one run that is asked for.</summary>
    public string? Run(ParseResult parsed) => parsed.GetValue(_run);

    /// <summary>Whether what jobs were handed in for is computed here.</summary>
    public bool IsHere(ParseResult parsed) => parsed.GetValue(_here);

    /// <summary>Hands in what is missing, or prints the scripts.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="terminal">Where it writes.</param>
    /// <param name="preset">What the table is made on.</param>
    /// <param name="store">The store, which all nodes see.</param>
    /// <param name="plan">The table's runs.</param>
    /// <param name="namesDevice">Whether the command line says where to compute.</param>
    /// <param name="isDryRun">Whether the scripts are printed, and nothing is handed in.</param>
    public void Submit(ParseResult parsed, Terminal terminal, AblationPreset preset, ResultStore store, IReadOnlyList<QueuedRun> plan, bool namesDevice, bool isDryRun)
    {
        var levels = JobLevel.Of(plan);
        if (levels.Count == 0)
        {
            terminal.Output.WriteLine("The store has every run: there is nothing to hand in.");
            return;
        }

        var open = SlurmJobs.States(store, isDryRun ? [] : plan).Where(item => item.Value.IsOpen).ToArray();
        if (open.Length > 0)
            throw new InvalidOperationException($"{open.Length} of these runs are in jobs that have not ended, such as {open[0].Value.Job}: the same command without {_submit.Name} tells how they stand; scancel ends them.");
        var miniature = MiniSize.IsName(preset.Name);
        var settings = Settings(parsed);
        settings = settings with { Gres = settings.Gres ?? (miniature ? null : "gpu:1") };
        var now = terminal.Time.GetUtcNow();
        string[] device = !namesDevice && settings.Gres?.Contains("gpu", StringComparison.Ordinal) == true ? ["--device", "cuda"] : [];
        var script = new SlurmScript(
            settings,
            Submission.NewFolder(store.Folder, now),
            Environment.CurrentDirectory,
            [.. Program(settings), .. Arguments(parsed), .. device],
            miniature ? MiniatureGigabytes : PhotographGigabytes);
        if (isDryRun)
        {
            foreach (var level in levels)
                terminal.Output.WriteLine($"# {SlurmScript.File(level.Number)}{(level.After.Count > 0 ? $", after {string.Join(" and ", level.After.Select(SlurmScript.File))}" : "")}: {string.Join("; ", level.Runs.Select(item => item.Run))}\n{script.Of(level)}");
            return;
        }

        var submission = SlurmJobs.Submit(levels, script, CommonOptions.CommandLine(parsed), now);
        foreach (var (level, jobs) in levels.Zip(submission.Levels))
            terminal.Output.WriteLine($"Job {jobs.Job}: {level.Runs.Count} of {string.Join(", ", level.Runs.Select(item => item.Run.Stage).Distinct())}{(level.After.Count > 0 ? $", after {string.Join(" and ", level.After.Select(number => submission.Levels[number - 1].Job))}" : "")}");
        terminal.Output.WriteLine($"Scripts and what the jobs say: {submission.Folder}");
    }

    /// <summary>Tells how the jobs of missing runs stand.</summary>
    /// <returns>Whether there were any.</returns>
    public static bool Tell(Terminal terminal, ResultStore store, IReadOnlyList<QueuedRun> plan)
    {
        var states = SlurmJobs.States(store, plan);
        if (states.Count == 0)
            return false;
        var stored = plan.Count(item => item.State is RunState.Stored or RunState.Shipped);
        Tables.Write(terminal, "Runs", ["run", "state", "job", "why"], plan.Where(item => item.State is RunState.Missing or RunState.WeightsOnly).Select(IReadOnlyList<string> (item) =>
            states.TryGetValue(item.Run, out var state) ? [item.Run.ToString(), state.State, state.Job, state.Why] : [item.Run.ToString(), "not handed in", "", ""]));
        terminal.Output.WriteLine($"{stored} of {plan.Count} runs are stored.");
        foreach (var log in states.Values.Where(state => !state.IsOpen).Select(state => state.Log).Distinct())
            terminal.Output.WriteLine($"What a job said: {log}");
        if (!states.Values.Any(state => state.IsOpen))
            terminal.Output.WriteLine("No job is left: the same command with --submit slurm hands the missing runs in again, and --here computes them here.");
        return true;
    }

    private ClusterSettings Settings(ParseResult parsed) => parsed.GetValue(_cluster) is { } file ? ClusterSettings.Read(file)
        : File.Exists(ClusterSettings.DefaultFile) ? ClusterSettings.Read(ClusterSettings.DefaultFile)
        : new ClusterSettings();

    private static IEnumerable<string> Program(ClusterSettings settings) =>
        settings.Program is { } program ? [program] : [Environment.ProcessPath!, typeof(ClusterOptions).Assembly.Location];

    /// <summary>The command line without what hands it in.</summary>
    private IEnumerable<string> Arguments(ParseResult parsed)
    {
        var own = new[] { _submit.Name, _cluster.Name };
        var tokens = parsed.Tokens.Select(token => token.Value).ToArray();
        for (var i = 0; i < tokens.Length; i++)
        {
            if (own.Contains(tokens[i]))
                i++;
            else if (tokens[i] != _here.Name && tokens[i] != "--dry-run")
                yield return tokens[i];
        }
    }
}
