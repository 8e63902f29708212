using System.Text;

namespace SemPLeS.Cli.Slurm;

/// <summary>The script of a job array.</summary>
/// <param name="Settings">What the cluster wants.</param>
/// <param name="Folder">The submission's folder, which all nodes see.</param>
/// <param name="WorkingFolder">Where the command was given, from which its relative paths count.</param>
/// <param name="Command">Program and arguments, to which a job adds its own.</param>
internal sealed record SlurmScript(ClusterSettings Settings, string Folder, string WorkingFolder, IReadOnlyList<string> Command)
{
    // Small networks leave as much again to what waits for the garbage collector (measured: 1.1 GB where .7 are expected).
    private const int LeastGigabytes = 2;

    /// <summary>What the jobs of a level add to the command, a line each.</summary>
    public static string ArgumentsFile(int level) => FormattableString.Invariant($"level-{level}.arguments");

    /// <summary>The script of a level.</summary>
    public static string File(int level) => FormattableString.Invariant($"level-{level}.sh");

    /// <summary>What a job says.</summary>
    public static string LogFile(int level, int index) => FormattableString.Invariant($"level-{level}-{index}.log");

    /// <summary>The status that a job ended with.</summary>
    public static string StatusFile(int level, int index) => FormattableString.Invariant($"level-{level}-{index}.status");

    /// <summary>The whole script.</summary>
    public string Of(JobArray jobs)
    {
        var text = new StringBuilder("#!/usr/bin/env bash\n");
        foreach (var option in Options(jobs))
            text.Append("#SBATCH ").Append(option).Append('\n');
        text.Append("""

            # Near the time limit: save, and queue again. A preempted job is queued again by Slurm.
            again= job=
            trap 'again=yes; [[ -z $job ]] || kill -TERM "$job"' USR1
            trap '[[ -z $job ]] || kill -TERM "$job"' TERM
            # The job's processors, where the cluster does not hide the node's others.
            export DOTNET_PROCESSOR_COUNT=${SLURM_CPUS_ON_NODE:-1}

            """);
        foreach (var line in Settings.Setup)
            text.Append(line).Append('\n');
        var command = $"{Settings.Container} {string.Join(' ', Command.Select(Quoted))}".TrimStart();
        return text.Append($$"""
            folder={{Quoted(Folder)}}
            own=$(sed -n "$((SLURM_ARRAY_TASK_ID + 1))p" "$folder/{{ArgumentsFile(jobs.Number)}}")
            ended=$folder/level-{{jobs.Number}}-$SLURM_ARRAY_TASK_ID.status
            rm -f "$ended"
            echo "job ${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID} on ${SLURMD_NODENAME:-?}, start $((${SLURM_RESTART_COUNT:-0} + 1))"

            {{command}} $own &
            job=$!
            [[ -z $again ]] || kill -TERM "$job"
            status=0
            wait "$job" || status=$?
            # A signal ends the first wait before the program has saved.
            while kill -0 "$job" 2>/dev/null; do
              status=0
              wait "$job" || status=$?
            done
            # 143: told so before it could listen.
            if [[ -n $again && ($status == 130 || $status == 143) ]]; then
              exec scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
            fi
            echo "$status" >"$ended"
            exit "$status"

            """).ToString();
    }

    /// <summary>As a shell reads it as one word.</summary>
    internal static string Quoted(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || "-_./=,:+@%".Contains(character, StringComparison.Ordinal)) ? text : $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";

    private IEnumerable<string> Options(JobArray jobs)
    {
        yield return $"--job-name=semples-{jobs.Name}";
        yield return FormattableString.Invariant($"--array=0-{jobs.Arguments.Count - 1}{(Settings.AtOnce is { } atOnce ? FormattableString.Invariant($"%{atOnce}") : "")}");
        yield return $"--output={Path.Combine(Folder, FormattableString.Invariant($"level-{jobs.Number}-%a.log"))}";
        yield return "--open-mode=append";
        yield return "--requeue";
        yield return FormattableString.Invariant($"--signal=B:USR1@{Settings.SignalSeconds}");
        yield return FormattableString.Invariant($"--time={Minutes(jobs)}");
        if ((Settings.MemoryGigabytes ?? Gigabytes(jobs.Needs)) is { } memory)
            yield return FormattableString.Invariant($"--mem={memory}G");
        if (Settings.Cpus is { } cpus)
            yield return FormattableString.Invariant($"--cpus-per-task={cpus}");
        foreach (var (name, value) in new[] { ("gres", Settings.Gres), ("partition", Settings.Partition), ("account", Settings.Account), ("qos", Settings.Qos) })
        {
            if (!string.IsNullOrEmpty(value))
                yield return $"--{name}={value}";
        }

        yield return $"--chdir={WorkingFolder}";
        foreach (var option in Settings.Sbatch)
            yield return option;
    }

    /// <summary>The limit holds for the longest of the jobs, and for the signal before it.</summary>
    private int Minutes(JobArray jobs)
    {
        var longest = Math.Min(jobs.Needs.Seconds * Settings.Margin ?? double.PositiveInfinity, Settings.Hours * 3600);
        return Math.Max(Settings.LeastMinutes, (int)Math.Ceiling((longest + Settings.SignalSeconds) / 60));
    }

    private int? Gigabytes(JobNeeds needs) => needs.MainBytes is { } bytes ? Math.Max(LeastGigabytes, (int)Math.Ceiling(Settings.MemoryMargin * bytes / (1L << 30))) : null;
}
