namespace SemPLeS.Evaluation;

/// <summary>One threshold, set beforehand, so that no mask is looked at to choose it.</summary>
public sealed record FixedThreshold : ThresholdRule
{
    /// <summary>Always <paramref name="value"/>.</summary>
    /// <param name="value">The threshold, in 0..1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="value"/> is outside its range.</exception>
    public FixedThreshold(double value)
    {
        if (!(value >= 0 && value <= 1))
            throw new ArgumentOutOfRangeException(nameof(value), value, "A threshold lies in 0..1.");
        Value = value;
    }

    /// <summary>The threshold.</summary>
    public double Value { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<float> Levels => [(float)Value];

    /// <inheritdoc/>
    public override string Description => $"fixed at {Text(Value)}";

    /// <inheritdoc/>
    public override int Choose(IReadOnlyList<double> meanIou) => 0;
}
