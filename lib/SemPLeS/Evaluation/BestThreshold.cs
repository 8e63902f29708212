namespace SemPLeS.Evaluation;

/// <summary>Every threshold of a grid is tried, and the one with the best mIoU taken; of equal ones the lowest.</summary>
public sealed record BestThreshold : ThresholdRule
{
    /// <summary>The grid <paramref name="from"/>, <paramref name="from"/> + <paramref name="step"/>, ... up to <paramref name="to"/>.</summary>
    /// <param name="from">The first threshold, in 0..1.</param>
    /// <param name="to">The highest threshold, in <paramref name="from"/>..1.</param>
    /// <param name="step">At least 0.0001.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public BestThreshold(double from, double to, double step)
    {
        (From, To, Step) = (from, to, step);
        _ = Levels;
    }

    /// <summary>The first threshold.</summary>
    public double From { get; }

    /// <summary>No threshold is higher.</summary>
    public double To { get; }

    /// <summary>From one threshold to the next.</summary>
    public double Step { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<float> Levels => Grid(From, To, Step);

    /// <inheritdoc/>
    public override string Description => $"best mIoU of {Text(From)} to {Text(To)} by {Text(Step)}";

    /// <inheritdoc/>
    public override int Choose(IReadOnlyList<double> meanIou)
    {
        var best = 0;
        for (var i = 1; i < meanIou.Count; i++)
        {
            if (meanIou[i] > meanIou[best])
                best = i;
        }

        return best;
    }
}
