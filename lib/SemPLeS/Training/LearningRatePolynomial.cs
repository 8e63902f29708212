namespace SemPLeS.Training;

/// <summary>Polynomial decay by optimiser step, as online retraining uses it: floor + (start - floor) (1 - s / S)^power.</summary>
/// <param name="Start">The rate of the first step.</param>
/// <param name="Steps">S: steps of the training, at least 1.</param>
public sealed record LearningRatePolynomial(double Start, long Steps) : LearningRateSchedule
{
    /// <summary>S: steps of the training.</summary>
    public long Steps { get; } = Steps >= 1 ? Steps : throw new ArgumentOutOfRangeException(nameof(Steps), Steps, "A schedule has at least 1 step.");

    /// <summary>The exponent.</summary>
    public double Power { get; init; } = .9;

    /// <summary>The rate that the decay goes to.</summary>
    public double Floor { get; init; }

    private protected override double Rate(long step) => Floor + (Start - Floor) * Math.Pow(1 - (double)Math.Min(step, Steps) / Steps, Power);
}
