using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>A loss: the weighted sum of terms.</summary>
public sealed class ObjectiveSum
{
    /// <summary>Composes a loss.</summary>
    /// <exception cref="ArgumentException">There is no term, two bear one name, or a weight is not finite.</exception>
    public ObjectiveSum(params IReadOnlyList<WeightedObjective> terms)
    {
        if (terms.Count == 0)
            throw new ArgumentException("A loss needs at least one term.", nameof(terms));
        if (terms.FirstOrDefault(term => !double.IsFinite(term.Weight)) is { } infinite)
            throw new ArgumentException($"The weight of '{infinite.Objective.Name}' is {infinite.Weight}.", nameof(terms));
        if (terms.CountBy(term => term.Objective.Name).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
            throw new ArgumentException($"Two terms are named '{twice}'.", nameof(terms));
        Terms = [.. terms];
    }

    /// <summary>WeakTr's phase 1: class tokens, coarse map and refined CAM, with equal weight.</summary>
    public static ObjectiveSum Phase1 { get; } = new(
        new WeightedObjective(ClassificationObjective.ClassTokens),
        new WeightedObjective(ClassificationObjective.CoarseMap),
        new WeightedObjective(ClassificationObjective.RefinedCam));

    /// <summary>The terms, in the order of the sum.</summary>
    public IReadOnlyList<WeightedObjective> Terms { get; }

    /// <summary>Computes the loss of a step. Its tensors belong to the caller's scope.</summary>
    public ObjectiveValues Compute(ObjectiveContext context)
    {
        using var scope = NewDisposeScope();
        var values = new List<(string Name, Tensor Value)>();
        Tensor? total = null;
        foreach (var (objective, weight) in Terms)
        {
            var value = objective.Compute(context);
            values.Add((objective.Name, value.detach().MoveToOuterDisposeScope()));
            var weighted = value * weight;
            total = total is null ? weighted : total + weighted;
        }

        return new(total!.MoveToOuterDisposeScope(), values);
    }
}
