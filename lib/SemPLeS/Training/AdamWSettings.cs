using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>AdamW (Loshchilov and Hutter, 2019).</summary>
/// <param name="WeightDecay">Decoupled decay, relative to the learning rate; at least 0.</param>
/// <param name="DecayVectors">Whether tensors of fewer than 2 dimensions (biases, LayerNorm) decay too, as WeakTr's published code has it; DeiT spares them.</param>
/// <param name="Beta1">Decay of the first moment, in [0, 1).</param>
/// <param name="Beta2">Decay of the second moment, in [0, 1).</param>
/// <param name="Epsilon">What is added to the root of the second moment, above 0.</param>
public sealed record AdamWSettings(double WeightDecay = .03, bool DecayVectors = true, double Beta1 = .9, double Beta2 = .999, double Epsilon = 1e-8)
    : OptimizerSettings(WeightDecay, DecayVectors)
{
    /// <inheritdoc/>
    internal override void Validate()
    {
        base.Validate();
        Require(Beta1, Beta1 >= 0 && Beta1 < 1, nameof(Beta1), "in [0, 1)");
        Require(Beta2, Beta2 >= 0 && Beta2 < 1, nameof(Beta2), "in [0, 1)");
        Require(Epsilon, Epsilon > 0 && double.IsFinite(Epsilon), nameof(Epsilon), "finite and above 0");
    }

    /// <inheritdoc/>
    internal override OptimizerHelper New(IReadOnlyList<LearnedGroup> groups)
    {
        // The constants that AdamW itself wants are each group's own.
        var made = groups.Select(group => (group, Settings: (AdamWSettings)group.Optimizer)).Select(item => new AdamW.ParamGroup(
            item.group.Parameters.Select(named => named.Parameter).ToArray(),
            item.group.LearningRate.At(0),
            item.Settings.Beta1,
            item.Settings.Beta2,
            item.Settings.Epsilon,
            item.Settings.WeightDecay));
        return optim.AdamW(made.ToArray(), beta1: Beta1, beta2: Beta2, eps: Epsilon, weight_decay: WeightDecay);
    }

    /// <inheritdoc/>
    internal override IReadOnlyList<(string Name, Tensor Value)> Moments(OptimizerState state, Parameter parameter)
    {
        var own = (AdamW.State)state;
        return [("exp_avg", own.exp_avg), ("exp_avg_sq", own.exp_avg_sq)];
    }

    /// <inheritdoc/>
    internal override void Restore(OptimizerState state, long step, IReadOnlyList<Tensor> moments)
    {
        var own = (AdamW.State)state;
        own.step = step;
        own.exp_avg.copy_(moments[0]);
        own.exp_avg_sq.copy_(moments[1]);
    }
}
