namespace SemPLeS.Training;

/// <summary>The same learning rate at every step.</summary>
/// <param name="Value">The rate.</param>
public sealed record LearningRateConstant(double Value) : LearningRateSchedule
{
    private protected override double Rate(long step) => Value;
}
