using SemPLeS.Data;
using SemPLeS.Experiments.Store;

namespace SemPLeS.Cli.Slurm;

/// <summary>Hands job arrays in, and finds out how they stand.</summary>
internal static class SlurmJobs
{
    /// <summary>Hands all arrays in; each waits for those before it. What was handed in is recorded after each.</summary>
    /// <param name="arrays">The arrays, in the order of their numbers.</param>
    /// <param name="script">How scripts are written.</param>
    /// <param name="keys">What the jobs of each array are of.</param>
    /// <param name="command">The command, as a reader would type it.</param>
    /// <param name="now">When.</param>
    /// <exception cref="InvalidOperationException">There is no Slurm here, or it refuses a script.</exception>
    public static Submission Submit(IReadOnlyList<JobArray> arrays, SlurmScript script, IReadOnlyList<IReadOnlyList<string>> keys, string command, DateTimeOffset now)
    {
        var (numbers, submission) = (new Dictionary<int, string>(), new Submission(command, now, []) { Folder = script.Folder });
        foreach (var (jobs, own) in arrays.Zip(keys))
        {
            var path = Path.Combine(script.Folder, SlurmScript.File(jobs.Number));
            AtomicFile.WriteText(Path.Combine(script.Folder, SlurmScript.ArgumentsFile(jobs.Number)), string.Concat(jobs.Arguments.Select(line => line + "\n")));
            AtomicFile.WriteText(path, script.Of(jobs));
            numbers[jobs.Number] = SlurmClient.Submit(path, [.. jobs.After.Select(number => numbers[number])]);
            submission = submission with { Levels = [.. submission.Levels, new(jobs.Number, numbers[jobs.Number], own)] };
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
        var open = plan.Where(item => item.IsOpen).Select(item => item.Run).ToArray();
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
