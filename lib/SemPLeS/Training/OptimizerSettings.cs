namespace SemPLeS.Training;

/// <summary>AdamW's constants (Loshchilov and Hutter, 2019).</summary>
/// <param name="WeightDecay">Decoupled decay, relative to the learning rate; at least 0.</param>
/// <param name="DecayVectors">Whether tensors of fewer than 2 dimensions (biases, LayerNorm) decay too, as WeakTr's published code has it; DeiT spares them.</param>
/// <param name="Beta1">Decay of the first moment, in [0, 1).</param>
/// <param name="Beta2">Decay of the second moment, in [0, 1).</param>
/// <param name="Epsilon">What is added to the root of the second moment.</param>
public sealed record OptimizerSettings(double WeightDecay = .03, bool DecayVectors = true, double Beta1 = .9, double Beta2 = .999, double Epsilon = 1e-8);
