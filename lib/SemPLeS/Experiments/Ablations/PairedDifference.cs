using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;

namespace SemPLeS.Experiments.Ablations;

/// <summary>The difference of two rows over the same worlds, with the confidence interval of Student's t for paired samples.</summary>
/// <param name="Worlds">Number of pairs.</param>
/// <param name="Mean">The mean difference.</param>
/// <param name="StandardDeviation">Of the differences; NaN for one pair.</param>
/// <param name="Low">The lower end of the interval; NaN for one pair.</param>
/// <param name="High">The upper end; NaN for one pair.</param>
public sealed record PairedDifference(int Worlds, double Mean, double StandardDeviation, double Low, double High)
{
    /// <summary>How sure the interval is.</summary>
    public const double Confidence = .95;

    /// <summary>Whether the interval leaves out 0: the sign of the difference can be told from noise.</summary>
    public bool IsSure => Low > 0 || High < 0;

    /// <summary>Compares two rows.</summary>
    /// <param name="values">One number for each world.</param>
    /// <param name="baseline">The other row's numbers of the same worlds.</param>
    /// <exception cref="ArgumentException">There is no number, or the rows have different numbers of worlds.</exception>
    public static PairedDifference Of(IReadOnlyList<double> values, IReadOnlyList<double> baseline)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(baseline);
        if (values.Count == 0 || values.Count != baseline.Count)
            throw new ArgumentException($"{values.Count} numbers can't be paired with {baseline.Count}.", nameof(baseline));
        double[] differences = [.. values.Zip(baseline, (value, other) => value - other)];
        var mean = differences.Average();
        if (differences.Length == 1)
            return new PairedDifference(1, mean, double.NaN, double.NaN, double.NaN);
        var deviation = differences.StandardDeviation();
        var reach = StudentT.InvCDF(0, 1, differences.Length - 1, 1 - (1 - Confidence) / 2) * deviation / Math.Sqrt(differences.Length);
        return new PairedDifference(differences.Length, mean, deviation, mean - reach, mean + reach);
    }
}
