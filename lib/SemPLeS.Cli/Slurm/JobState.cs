namespace SemPLeS.Cli.Slurm;

/// <summary>How it stands with a run that was handed in.</summary>
/// <param name="Job">Slurm's number and index.</param>
/// <param name="State">In a word: running, waiting, failed, ended.</param>
/// <param name="Why">What it waits for or what went wrong.</param>
/// <param name="Log">What the job said.</param>
internal sealed record JobState(string Job, string State, string Why, string Log)
{
    /// <summary>Whether it may still come to its end by itself.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The state of a run by its newest job; null where it was never handed in.</summary>
    /// <param name="key">The run's key.</param>
    /// <param name="submissions">The store's, the newest first.</param>
    /// <param name="living">What Slurm knows of.</param>
    public static JobState? Of(string key, IReadOnlyList<Submission> submissions, IReadOnlyDictionary<string, (string State, string Reason)> living)
    {
        foreach (var submission in submissions)
        {
            foreach (var level in submission.Levels)
            {
                var index = level.Keys.ToList().IndexOf(key);
                if (index < 0)
                    continue;
                var job = FormattableString.Invariant($"{level.Job}_{index}");
                var log = Path.Combine(submission.Folder, SlurmScript.LogFile(level.Number, index));
                if (living.TryGetValue(job, out var known))
                {
                    return known.State == "PENDING"
                        ? new(job, "waiting", known.Reason, log) { IsOpen = true }
                        : new(job, known.State.ToLowerInvariant(), string.Empty, log) { IsOpen = true };
                }

                var status = Path.Combine(submission.Folder, SlurmScript.StatusFile(level.Number, index));
                return !File.Exists(status)
                    ? new(job, "ended", $"without a word: cancelled, or killed from outside; `sacct -j {job}` may know", log)
                    : File.ReadAllText(status).Trim() is "0"
                        ? new(job, "ended", "well, and yet the store lacks the run: was it pruned?", log)
                        : new(job, "failed", Reason(log, File.ReadAllText(status).Trim()), log);
            }
        }

        return null;
    }

    private static string Reason(string log, string status)
    {
        var said = File.Exists(log) ? File.ReadLines(log).LastOrDefault(line => line.StartsWith("error: ", StringComparison.Ordinal)) : null;
        return said?["error: ".Length..] ?? (status == "137" ? "killed (status 137): often for want of memory" : $"status {status}; see {log}");
    }
}
