using MathNet.Numerics.Statistics;

namespace SemPLeS.Experiments.Ablations;

/// <summary>A number over worlds and training seeds.</summary>
/// <param name="ByWorld">The mean over training seeds of each world.</param>
/// <param name="Mean">The mean over worlds.</param>
/// <param name="StandardDeviation">Of the sample of worlds; NaN for one.</param>
/// <param name="SeedDeviation">The standard deviation from one training seed to another on one world, pooled over worlds; NaN for one training seed.</param>
public sealed record WorldSummary(IReadOnlyList<double> ByWorld, double Mean, double StandardDeviation, double SeedDeviation)
{
    /// <summary>Sums up the numbers of worlds.</summary>
    /// <param name="worlds">For each world, at least one, the numbers of the same training seeds, at least one.</param>
    /// <exception cref="ArgumentException">There is no number, or the worlds have different numbers of training seeds.</exception>
    public static WorldSummary Of(IReadOnlyList<IReadOnlyList<double>> worlds)
    {
        ArgumentNullException.ThrowIfNull(worlds);
        if (worlds.Count == 0 || worlds[0].Count == 0)
            throw new ArgumentException("There is no number.", nameof(worlds));
        if (worlds.Any(world => world.Count != worlds[0].Count))
            throw new ArgumentException("The worlds have different numbers of training seeds.", nameof(worlds));
        double[] means = [.. worlds.Select(world => world.Average())];
        var pooled = Math.Sqrt(worlds.Average(world => world.Variance()));
        return new WorldSummary(means, means.Average(), means.StandardDeviation(), pooled);
    }
}
