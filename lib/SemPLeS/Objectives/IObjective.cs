using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>One term of a loss.</summary>
public interface IObjective
{
    /// <summary>The term's name in records and tables.</summary>
    public string Name { get; }

    /// <summary>Computes the term, unweighted.</summary>
    /// <param name="context">What a training step knows.</param>
    /// <returns>A scalar that belongs to the caller's scope.</returns>
    public Tensor Compute(ObjectiveContext context);
}
