namespace SemPLeS.Objectives;

/// <summary>The same weight at every step.</summary>
/// <param name="Weight">Finite.</param>
public sealed record ConstantWeight(double Weight) : ObjectiveWeight
{
    /// <summary>The weight.</summary>
    public double Weight { get; } = Finite(Weight);

    /// <inheritdoc/>
    public override double At(long step) => Weight;
}
