using Xunit;

namespace SemPLeS.Tests.Cli;

/// <summary>A test on a Slurm of its own; skipped where Slurm is not installed, or does not start.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SlurmFactAttribute : FactAttribute
{
    private static readonly Lazy<string?> Hindrance = new(() =>
    {
        string[] folders = [.. (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), "/usr/sbin"];
        if (new[] { "slurmctld", "slurmd", "sbatch", "munged" }.FirstOrDefault(program => !folders.Any(folder => File.Exists(Path.Combine(folder, program)))) is { } missing)
            return $"no {missing}: Slurm (Debian's slurm-wlm) is not installed";
        using var cluster = new SmallCluster();
        return cluster.Hindrance is { } hindrance ? $"Slurm is installed, and does not start here: {hindrance}" : null;
    });

    public SlurmFactAttribute() => Skip = Hindrance.Value;
}
