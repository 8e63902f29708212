namespace SemPLeS.Training;

/// <summary>
/// Linear warm-up, then half a cosine, both by optimiser step: step s of S after W warm-up steps has
/// floor + (peak - floor) (1 + cos(pi (s - W) / (S - W))) / 2; during the warm-up peak (s + 1) / W.
/// </summary>
/// <param name="Peak">The rate at the end of the warm-up.</param>
/// <param name="Steps">S: steps of the training, at least 1.</param>
public sealed record LearningRateCosineByStep(double Peak, long Steps) : LearningRateSchedule
{
    /// <summary>S: steps of the training.</summary>
    public long Steps { get; } = Steps >= 1 ? Steps : throw new ArgumentOutOfRangeException(nameof(Steps), Steps, "A schedule has at least 1 step.");

    /// <summary>W: steps of linear warm-up; 0 for none.</summary>
    public long WarmUpSteps
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The rate that the cosine goes to; it would reach it at step S, one after the last.</summary>
    public double Floor { get; init; }

    private protected override double Rate(long step)
    {
        if (step < WarmUpSteps)
            return Peak * (step + 1) / WarmUpSteps;
        return step < Steps ? Cosine(Peak, Floor, (double)(step - WarmUpSteps) / (Steps - WarmUpSteps)) : Floor;
    }
}
