namespace SemPLeS.Training;

/// <summary>AdamW's constants (Loshchilov and Hutter, 2019).</summary>
/// <param name="WeightDecay">Decoupled decay, relative to the learning rate; at least 0.</param>
/// <param name="DecayVectors">Whether tensors of fewer than 2 dimensions (biases, LayerNorm) decay too, as WeakTr's published code has it; DeiT spares them.</param>
/// <param name="Beta1">Decay of the first moment, in [0, 1).</param>
/// <param name="Beta2">Decay of the second moment, in [0, 1).</param>
/// <param name="Epsilon">What is added to the root of the second moment, above 0.</param>
public sealed record OptimizerSettings(double WeightDecay = .03, bool DecayVectors = true, double Beta1 = .9, double Beta2 = .999, double Epsilon = 1e-8)
{
    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal void Validate()
    {
        Require(WeightDecay, WeightDecay >= 0 && double.IsFinite(WeightDecay), nameof(WeightDecay), "finite and at least 0");
        Require(Beta1, Beta1 >= 0 && Beta1 < 1, nameof(Beta1), "in [0, 1)");
        Require(Beta2, Beta2 >= 0 && Beta2 < 1, nameof(Beta2), "in [0, 1)");
        Require(Epsilon, Epsilon > 0 && double.IsFinite(Epsilon), nameof(Epsilon), "finite and above 0");
    }

    private static void Require(double value, bool holds, string name, string range)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
    }
}
