namespace SemPLeS.Training;

/// <summary>A share of another schedule's rate, at every step.</summary>
/// <param name="Schedule">The other schedule.</param>
/// <param name="Factor">The share.</param>
public sealed record LearningRateScaled(LearningRateSchedule Schedule, double Factor) : LearningRateSchedule
{
    private protected override double Rate(long step) => Factor * Schedule.At(step);
}
