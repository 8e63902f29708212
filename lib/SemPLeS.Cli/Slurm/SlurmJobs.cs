using SemPLeS.Data;
using SemPLeS.Experiments.Store;

namespace SemPLeS.Cli.Slurm;

/// <summary>Hands the runs of a plan in as job arrays, a level after the other.</summary>
internal static class SlurmJobs
{
    /// <summary>Writes the scripts of all levels, without handing anything in.</summary>
    /// <param name="levels">The levels.</param>
    /// <param name="script">How scripts are written.</param>
    public static void Write(IReadOnlyList<JobLevel> levels, SlurmScript script)
    {
        foreach (var level in levels)
        {
            AtomicFile.WriteText(Path.Combine(script.Folder, SlurmScript.KeysFile(level.Number)), string.Concat(level.Runs.Select(item => item.Run.Key + "\n")));
            AtomicFile.WriteText(Path.Combine(script.Folder, SlurmScript.File(level.Number)), script.Of(level));
        }
    }

    /// <summary>Hands all levels in; each waits for those that it starts from. What was handed in is recorded after each level.</summary>
    /// <exception cref="InvalidOperationException">There is no Slurm here, or it refuses a script.</exception>
    public static Submission Submit(IReadOnlyList<JobLevel> levels, SlurmScript script, string command, DateTimeOffset now)
    {
        Write(levels, script);
        var (jobs, submission) = (new Dictionary<int, string>(), new Submission(command, now, []) { Folder = script.Folder });
        foreach (var level in levels)
        {
            jobs[level.Number] = SlurmClient.Submit(Path.Combine(script.Folder, SlurmScript.File(level.Number)), [.. level.After.Select(number => jobs[number])]);
            submission = submission with { Levels = [.. submission.Levels, new(level.Number, jobs[level.Number], [.. level.Runs.Select(item => item.Run.Key)])] };
            submission.Save();
        }

        return submission;
    }

    /// <summary>The jobs of the runs that a plan lacks; empty where none was ever handed in.</summary>
    /// <exception cref="InvalidOperationException">There is no Slurm here.</exception>
    public static IReadOnlyDictionary<PlannedRun, JobState> States(ResultStore store, IReadOnlyList<QueuedRun> plan)
    {
        var states = new Dictionary<PlannedRun, JobState>();
        var submissions = Submission.In(store.Folder);
        var open = plan.Where(item => item.State is RunState.Missing or RunState.WeightsOnly).Select(item => item.Run).ToArray();
        if (!open.Any(run => submissions.Any(submission => submission.Levels.Any(level => level.Keys.Contains(run.Key)))))
            return states;
        var living = SlurmClient.Living();
        foreach (var run in open)
        {
            if (JobState.Of(run.Key, submissions, living) is { } state)
                states[run] = state;
        }

        return states;
    }
}
