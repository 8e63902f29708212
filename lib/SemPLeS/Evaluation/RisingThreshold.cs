namespace SemPLeS.Evaluation;

/// <summary>The threshold rises step by step until the mIoU falls, and the best one up to there is taken, even where a later one would be better (WeakTr).</summary>
public sealed record RisingThreshold : ThresholdRule
{
    /// <summary>Rises from <paramref name="from"/> by <paramref name="step"/>, at most to .99.</summary>
    /// <param name="from">The first threshold, in 0...99.</param>
    /// <param name="step">At least 0.0001.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is outside its range.</exception>
    public RisingThreshold(double from = .40, double step = .01)
    {
        (From, Step) = (from, step);
        _ = Levels;
    }

    /// <summary>The first threshold.</summary>
    public double From { get; }

    /// <summary>From one threshold to the next.</summary>
    public double Step { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<float> Levels => Grid(From, .99, Step);

    /// <inheritdoc/>
    public override string Description => $"from {Text(From)} up by {Text(Step)} until mIoU falls";

    /// <inheritdoc/>
    public override int Choose(IReadOnlyList<double> meanIou)
    {
        var best = 0;
        for (var i = 1; i < meanIou.Count && meanIou[i] >= meanIou[best]; i++)
        {
            if (meanIou[i] > meanIou[best])
                best = i;
        }

        return best;
    }
}
