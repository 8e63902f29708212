namespace SemPLeS.Benchmarks;

/// <summary>What a measurement comes to on a machine that does other things too.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
