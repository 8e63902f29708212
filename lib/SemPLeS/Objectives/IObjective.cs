using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>One term of a loss.</summary>
public interface IObjective
{
    /// <summary>The term's name in records and tables.</summary>
    public string Name { get; }

    /// <summary>
    /// Which images of the pairs the term reads the features of. A hint: those that the terms of a loss announce together pass CLIP in one batch, which is
    /// faster; a term that announces nothing may read them all the same.
    /// </summary>
    public PairImages Encodes => PairImages.None;

    /// <summary>Computes the term, unweighted.</summary>
    /// <param name="context">What a training step knows.</param>
    /// <returns>A scalar that belongs to the caller's scope.</returns>
    public Tensor Compute(ObjectiveContext context);
}
