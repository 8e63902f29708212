using System.Globalization;

namespace SemPLeS.Evaluation;

/// <summary>Which background thresholds are tried, and which of them is chosen by the mIoU that each reaches.</summary>
public abstract record ThresholdRule
{
    private protected ThresholdRule()
    {
    }

    /// <summary>The thresholds that are tried, rising, each in 0..1.</summary>
    public abstract IReadOnlyList<float> Levels { get; }

    /// <summary>How the threshold is chosen, in words, as tables print it.</summary>
    public abstract string Description { get; }

    /// <summary>The place in <see cref="Levels"/> of the chosen threshold.</summary>
    /// <param name="meanIou">The mIoU at each level.</param>
    public abstract int Choose(IReadOnlyList<double> meanIou);

    /// <summary>from, from + step, ... up to and including to, in single precision as the scores are.</summary>
    private protected static float[] Grid(double from, double to, double step)
    {
        if (!(from >= 0 && from <= 1))
            throw new ArgumentOutOfRangeException(nameof(from), from, "A threshold lies in 0..1.");
        if (!(to >= from && to <= 1))
            throw new ArgumentOutOfRangeException(nameof(to), to, $"The last threshold lies in {from}..1.");
        if (!(step >= 1e-4))
            throw new ArgumentOutOfRangeException(nameof(step), step, "Thresholds rise by at least 0.0001.");

        // Half a thousandth of a step keeps the last level where (to - from) / step falls just short of a whole number.
        var count = (int)Math.Floor((to - from) / step + 5e-4) + 1;
        return [.. Enumerable.Range(0, count).Select(i => (float)(from + i * step))];
    }

    private protected static string Text(double value) => value.ToString("0.00##", CultureInfo.InvariantCulture);
}
