using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>Which optimiser, and its constants.</summary>
/// <param name="WeightDecay">Decay of the weights; at least 0.</param>
/// <param name="DecayVectors">Whether tensors of fewer than 2 dimensions (biases, LayerNorm) decay too, as WeakTr's published code has it; DeiT spares them.</param>
public abstract record OptimizerSettings(double WeightDecay, bool DecayVectors)
{
    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal virtual void Validate() => Require(WeightDecay, WeightDecay >= 0 && double.IsFinite(WeightDecay), nameof(WeightDecay), "finite and at least 0");

    /// <summary>Makes the optimiser.</summary>
    /// <param name="groups">Groups whose settings are all of this kind; each has constants of its own.</param>
    internal abstract OptimizerHelper New(IReadOnlyList<LearnedGroup> groups);

    /// <summary>What the optimiser remembers of one parameter, under PyTorch's names; in the caller's scope or the optimiser's own.</summary>
    internal abstract IReadOnlyList<(string Name, Tensor Value)> Moments(OptimizerState state, Parameter parameter);

    /// <summary>Sets what the optimiser remembers of one parameter.</summary>
    /// <param name="state">The optimiser's state.</param>
    /// <param name="step">Steps that were taken.</param>
    /// <param name="moments">In the order of <see cref="Moments"/>, on the parameter's device.</param>
    internal abstract void Restore(OptimizerState state, long step, IReadOnlyList<Tensor> moments);

    private protected static void Require(double value, bool holds, string name, string range)
    {
        if (!holds)
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
    }
}
