namespace SemPLeS.Benchmarks;

/// <summary>What a measurement comes to on a machine that does other things too.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }

    /// <summary>Seconds that work takes after it was done once.</summary>
    public static double Seconds<T>(Func<T> work, int repeats)
    {
        _ = work();
        var clock = new Clock();
        return Of(Enumerable.Range(0, repeats).Select(repeat =>
        {
            _ = clock.Lap();
            _ = work();
            return clock.Lap();
        }).ToArray());
    }
}
