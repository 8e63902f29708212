using SemPLeS.Data;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>Dropout (Srivastava et al., 2014) that follows from a stream of random numbers and from nothing else.</summary>
/// <param name="Probability">Share of the values that are set to 0, in [0, 1); the others are enlarged so that the mean stays.</param>
internal readonly record struct Dropout(double Probability)
{
    /// <summary>Leaves out some values; without a stream, or with probability 0, none.</summary>
    /// <returns>A tensor of the caller's scope, or <paramref name="values"/> themselves.</returns>
    public Tensor Apply(Tensor values, RandomStream? random)
    {
        if (random is null || Probability == 0)
            return values;
        using var scope = NewDisposeScope();
        using var generator = new Generator(random.Bits(), values.device);
        var kept = empty(values.shape, values.dtype, values.device).bernoulli_(1 - Probability, generator);
        return (values * kept.div_(1 - Probability)).MoveToOuterDisposeScope();
    }
}
