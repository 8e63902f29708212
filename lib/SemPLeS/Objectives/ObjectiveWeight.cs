namespace SemPLeS.Objectives;

/// <summary>What a term of a loss is multiplied by, as a function of the optimiser step. A number is a constant weight.</summary>
public abstract record ObjectiveWeight
{
    /// <summary>A constant weight.</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public static implicit operator ObjectiveWeight(double value) => FromDouble(value);

    /// <summary>A constant weight.</summary>
    /// <exception cref="ArgumentException">It is not finite.</exception>
    public static ObjectiveWeight FromDouble(double value) => new ConstantWeight(value);

    /// <summary>The weight of one step.</summary>
    /// <param name="step">Counted from 0.</param>
    /// <returns>A finite number.</returns>
    public abstract double At(long step);

    /// <summary>The number, if it is finite.</summary>
    private protected static double Finite(double weight) =>
        double.IsFinite(weight) ? weight : throw new ArgumentException($"The weight of a term is {weight}.", nameof(weight));
}
