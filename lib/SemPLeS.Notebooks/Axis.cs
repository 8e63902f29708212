using System.Globalization;

namespace SemPLeS.Notebooks;

/// <summary>An axis whose ends and ticks are round numbers.</summary>
/// <param name="Low">Its lower end.</param>
/// <param name="High">Its upper end.</param>
/// <param name="Step">From one tick to the next: 1, 2 or 5 times a power of ten.</param>
internal sealed record Axis(double Low, double High, double Step)
{
    private const int MostSteps = 6;

    /// <summary>The ticks, both ends included.</summary>
    public IEnumerable<double> Ticks => Enumerable.Range(0, (int)Math.Round((High - Low) / Step) + 1).Select(i => Low + i * Step);

    /// <summary>The shortest axis of at most six steps that holds all values, at least one of them.</summary>
    public static Axis Around(IEnumerable<double> values, double leastStep)
    {
        var (low, high) = values.Aggregate((Low: double.PositiveInfinity, High: double.NegativeInfinity), (r, v) => (Math.Min(r.Low, v), Math.Max(r.High, v)));
        // Values closer than rounding can tell apart are one value.
        if (high - low <= 1e-9 * Math.Max(Math.Abs(low), Math.Abs(high)))
            (low, high) = low == 0 ? (0, 1) : (Math.Min(0, low), Math.Max(0, high));
        var power = Math.Pow(10, Math.Floor(Math.Log10((high - low) / MostSteps)));
        foreach (var factor in (double[])[1, 2, 5, 10, 20])
        {
            var step = Math.Max(factor * power, leastStep);
            var (first, last) = (Math.Floor(low / step + 1e-9), Math.Ceiling(high / step - 1e-9));
            if (last - first <= MostSteps)
                return new Axis(first * step, last * step, step);
        }

        throw new ArgumentException($"No axis holds the values from {low} to {high}.", nameof(values));
    }

    /// <summary>The value with as many digits as the steps need.</summary>
    public string Format(double value)
    {
        var digits = (int)Math.Clamp(-Math.Floor(Math.Log10(Step) + 1e-9), 0, 9);
        return Math.Max(Math.Abs(Low), Math.Abs(High)) is >= 1e6 or < 1e-4
            ? value.ToString("0.##e0", CultureInfo.InvariantCulture)
            : value.ToString("F" + digits, CultureInfo.InvariantCulture);
    }
}
