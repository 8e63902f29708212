using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>Stochastic gradient descent with momentum, in PyTorch's form: v = momentum v + gradient.</summary>
/// <param name="Momentum">In [0, 1).</param>
/// <param name="Nesterov">Whether a step goes along gradient + momentum v, not v; needs a momentum.</param>
/// <param name="WeightDecay">What is added to the gradient for each unit of weight; at least 0.</param>
/// <param name="DecayVectors">Whether tensors of fewer than 2 dimensions decay too.</param>
public sealed record SgdSettings(double Momentum = .9, bool Nesterov = true, double WeightDecay = 0, bool DecayVectors = true)
    : OptimizerSettings(WeightDecay, DecayVectors)
{
    /// <inheritdoc/>
    internal override void Validate()
    {
        base.Validate();
        Require(Momentum, Momentum >= 0 && Momentum < 1 && (Momentum > 0 || !Nesterov), nameof(Momentum), "in [0, 1), and above 0 with Nesterov's step");
    }

    /// <inheritdoc/>
    internal override OptimizerHelper New(IReadOnlyList<LearnedGroup> groups)
    {
        var made = groups.Select(group => (group, Settings: (SgdSettings)group.Optimizer)).Select(item => new SGD.ParamGroup(
            item.group.Parameters.Select(named => named.Parameter).ToArray(),
            item.group.LearningRate.At(0),
            item.Settings.Momentum,
            weight_decay: item.Settings.WeightDecay,
            nesterov: item.Settings.Nesterov));
        return optim.SGD(made.ToArray(), groups[0].LearningRate.At(0), Momentum, weight_decay: WeightDecay, nesterov: Nesterov);
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<(string Name, Tensor Value)> Moments(OptimizerState state, Parameter parameter) =>
        // None before the first step, which sets v to the gradient: from 0 it comes to the same.
        [("momentum_buffer", ((SGD.State)state).momentum_buffer ?? zeros_like(parameter))];

    /// <inheritdoc/>
    internal override void Restore(OptimizerState state, long step, IReadOnlyList<Tensor> moments)
    {
        var own = (SGD.State)state;
        if (own.momentum_buffer is null)
            own.momentum_buffer = moments[0].clone().DetachFromDisposeScope();
        else
            own.momentum_buffer.copy_(moments[0]);
    }
}
