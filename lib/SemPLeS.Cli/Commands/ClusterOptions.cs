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
    private readonly Option<string?> _run = new("--run") { Description = "Compute this one run of the plan, whose starts are stored: what a job of a cluster does.", HelpName = "KEY" };
    private readonly SubmitOptions _submit;
    private readonly Option<bool> _here = new("--here") { Description = "Compute here what is missing, though jobs for it were handed in." };

    public ClusterOptions(Command command)
    {
        _submit = new SubmitOptions(command, "slurm: hand the runs that the store lacks in as job arrays, one for each depth of what starts from what, and return. The same command without it tells how they stand.");
        command.Add(_run);
        command.Add(_here);
        command.Validators.Add(result =>
        {
            if (result.GetResult(_run) is not null && result.GetResult(_submit.Submit) is not null)
                result.AddError($"{_run.Name} does not go with {_submit.Submit.Name}.");
        });
    }

    /// <summary>Whether runs are to be handed in.</summary>
    public bool Submits(ParseResult parsed) => _submit.IsGiven(parsed);

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
    /// <param name="atOnce">Images that go through the networks at once; null: whole batches.</param>
    /// <param name="namesDevice">Whether the command line says where to compute.</param>
    /// <param name="dryRun">The option by which the scripts are printed, and nothing is handed in.</param>
    public void Submit(ParseResult parsed, Terminal terminal, AblationPreset preset, ResultStore store, IReadOnlyList<QueuedRun> plan, int? atOnce, bool namesDevice, Option<bool> dryRun)
    {
        var isDryRun = parsed.GetValue(dryRun);
        var levels = JobLevel.Of(plan);
        if (levels.Count == 0)
        {
            terminal.Output.WriteLine("The store has every run: there is nothing to hand in.");
            return;
        }

        var open = SlurmJobs.States(store, isDryRun ? [] : plan).Where(item => item.Value.IsOpen).ToArray();
        if (open.Length > 0)
            throw new InvalidOperationException($"{open.Length} of these runs are in jobs that have not ended, such as {open[0].Value.Job}: the same command without {_submit.Submit.Name} tells how they stand; scancel ends them.");
        var now = terminal.Time.GetUtcNow();
        var script = _submit.Script(parsed, store.Folder, now, MiniSize.IsName(preset.Name) ? null : "gpu:1", namesDevice, ([], [_here, dryRun]));
        JobArray[] arrays = [.. levels.Select(level => level.Array(script.Settings, atOnce))];
        if (isDryRun)
        {
            foreach (var (jobs, level) in arrays.Zip(levels))
                SubmitOptions.Print(terminal, script, jobs, string.Join("; ", level.Runs.Select(item => item.Run)));
            return;
        }

        var submission = SlurmJobs.Submit(arrays, script, [.. levels.Select(level => level.Runs.Select(item => item.Run.Key).ToArray())], CommonOptions.CommandLine(parsed), now);
        SubmitOptions.Tell(terminal, arrays, [.. levels.Select(level => $"{level.Runs.Count} of {string.Join(", ", level.Runs.Select(item => item.Run.Stage).Distinct())}")], submission);
    }

    /// <summary>Tells how the jobs of missing runs stand.</summary>
    /// <returns>Whether there were any.</returns>
    public static bool Tell(Terminal terminal, RunQueue queue, IReadOnlyList<PlannedRun> runs)
    {
        // Most stores never had a job: no plan is made for them.
        if (Submission.In(queue.Store.Folder).Count == 0)
            return false;
        var plan = queue.Plan(runs);
        var states = SlurmJobs.States(queue.Store, plan);
        if (states.Count == 0)
            return false;
        var stored = plan.Count(item => item.State is RunState.Stored or RunState.Shipped);
        Tables.Write(terminal, "Runs", ["run", "state", "job", "why"], plan.Where(item => item.IsOpen).Select(IReadOnlyList<string> (item) =>
            states.TryGetValue(item.Run, out var state) ? [item.Run.ToString(), state.State, state.Job, state.Why] : [item.Run.ToString(), "not handed in", "", ""]));
        terminal.Output.WriteLine($"{stored} of {plan.Count} runs are stored.");
        foreach (var log in states.Values.Where(state => !state.IsOpen).Select(state => state.Log).Distinct())
            terminal.Output.WriteLine($"What a job said: {log}");
        if (!states.Values.Any(state => state.IsOpen))
            terminal.Output.WriteLine("No job is left: the same command with --submit slurm hands the missing runs in again, and --here computes them here.");
        return true;
    }
}
