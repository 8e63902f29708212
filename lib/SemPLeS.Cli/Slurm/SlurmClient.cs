using System.ComponentModel;
using System.Diagnostics;

namespace SemPLeS.Cli.Slurm;

/// <summary>Slurm's own commands.</summary>
internal static class SlurmClient
{
    /// <summary>Hands a script in.</summary>
    /// <param name="script">The file.</param>
    /// <param name="after">Jobs that must have ended, well or badly.</param>
    /// <returns>The job's number.</returns>
    /// <exception cref="InvalidOperationException">There is no sbatch here, or it refused the script.</exception>
    public static string Submit(string script, IReadOnlyList<string> after)
    {
        string[] dependency = after.Count > 0 ? [$"--dependency=afterany:{string.Join(':', after)}"] : [];
        // With several clusters sbatch names the one after a semicolon.
        return Execute("sbatch", ["--parsable", .. dependency, script]).Trim().Split(';')[0];
    }

    /// <summary>What Slurm knows of jobs that have not ended: "JOB_INDEX" to state and reason.</summary>
    /// <exception cref="InvalidOperationException">There is no squeue here, or it failed.</exception>
    public static IReadOnlyDictionary<string, (string State, string Reason)> Living() => Execute("squeue", ["--noheader", "--array", "--format=%i|%T|%r"])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split('|'))
        .Where(parts => parts.Length == 3)
        .ToDictionary(parts => parts[0], parts => (parts[1], parts[2]));

    private static string Execute(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed: {error.Result.Trim()}");
        }
        catch (Win32Exception error)
        {
            throw new InvalidOperationException($"There is no {program} here: jobs are handed in from a machine that belongs to the cluster.", error);
        }
    }
}
