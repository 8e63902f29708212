using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>A test on a Slurm of its own; skipped where Slurm is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlurmFactAttribute : FactAttribute
{
    public SlurmFactAttribute()
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];
        var missing = new[] { "slurmctld", "slurmd", "sbatch", "munged" }.FirstOrDefault(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program))));
        if (missing is not null)
            Skip = $"no {missing}: Slurm (Debian's slurm-wlm) is not installed";
    }
}
