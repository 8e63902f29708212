namespace SemPLeS.Objectives;

/// <summary>A weight that grows in equal parts from the first step on and stays when it is reached: weight x min((step + 1) / steps, 1).</summary>
/// <param name="Weight">The weight that is reached, finite.</param>
/// <param name="Steps">Steps of the rise, at least 1.</param>
public sealed record RisingWeight(double Weight, long Steps) : ObjectiveWeight
{
    /// <summary>The weight that is reached.</summary>
    public double Weight { get; } = Finite(Weight);

    /// <summary>Steps of the rise.</summary>
    public long Steps { get; } = Steps >= 1 ? Steps : throw new ArgumentOutOfRangeException(nameof(Steps), Steps, "A weight rises over at least 1 step.");

    /// <inheritdoc/>
    public override double At(long step) => Weight * Math.Min(step + 1, Steps) / Steps;
}
