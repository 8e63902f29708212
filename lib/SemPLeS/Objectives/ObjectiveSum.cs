using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>A loss: the weighted sum of terms.</summary>
public sealed class ObjectiveSum
{
    /// <summary>Composes a loss.</summary>
    /// <exception cref="ArgumentException">There is no term, or two bear one name.</exception>
    public ObjectiveSum(params IReadOnlyList<WeightedObjective> terms)
    {
        if (terms.Count == 0)
            throw new ArgumentException("A loss needs at least one term.", nameof(terms));
        if (terms.CountBy(term => term.Objective.Name).FirstOrDefault(count => count.Value > 1) is { Key: { } twice })
            throw new ArgumentException($"Two terms are named '{twice}'.", nameof(terms));
        Terms = [.. terms];
    }

    /// <summary>WeakTr's phase 1: class tokens, coarse map and refined CAM, with equal weight.</summary>
    public static ObjectiveSum Phase1 { get; } = new(
        new WeightedObjective(ClassificationObjective.ClassTokens),
        new WeightedObjective(ClassificationObjective.CoarseMap),
        new WeightedObjective(ClassificationObjective.RefinedCam));

    /// <summary>MCTformer-V2's training: class tokens and patch map, with equal weight (Xu et al., CVPR 2022).</summary>
    public static ObjectiveSum Mctformer { get; } = new(
        new WeightedObjective(ClassificationObjective.ClassTokens),
        new WeightedObjective(ClassificationObjective.CoarseMap));

    /// <summary>
    /// CLIMS' loss (Xie et al., CVPR 2022) on masks between their own minimum and maximum: object and background matching (OTM, BTM), which are L_match's terms,
    /// co-occurring background suppression (CBS) and area regularisation (REG).
    /// </summary>
    /// <param name="settings">Weights and threshold.</param>
    public static ObjectiveSum Clims(ClimsSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new ObjectiveSum(
            new WeightedObjective(new MatchForegroundObjective(), settings.Foreground),
            new WeightedObjective(new MatchBackgroundObjective(), settings.Background),
            new WeightedObjective(new CoOccurrenceObjective(settings.Threshold, settings.ReferenceBatch), settings.CoOccurrence),
            new WeightedObjective(new AreaObjective(), settings.Area));
    }

    /// <summary>Stage a: L_match = foreground term + lambda_b background term, equation (1) of the paper.</summary>
    public static ObjectiveSum Matching(double lambdaB) => new(
        new WeightedObjective(new MatchForegroundObjective()),
        new WeightedObjective(new MatchBackgroundObjective(), lambdaB));

    /// <summary>Stage b: L_prompt = image term + lambda_T text term, equation (2) of the paper.</summary>
    /// <param name="lambdaT">The weight.</param>
    /// <param name="floor">See <see cref="PromptTextObjective"/>; 0 in the paper.</param>
    public static ObjectiveSum Prompting(double lambdaT, double floor = 0) => new(
        new WeightedObjective(new PromptImageObjective()),
        new WeightedObjective(new PromptTextObjective(floor), lambdaT));

    /// <summary>Stage c: L_match + lambda L_refine, equation (3) of the paper.</summary>
    /// <param name="lambdaB">The weight of the background term within L_match.</param>
    /// <param name="lambda">A number, or a schedule over steps.</param>
    public static ObjectiveSum Refinement(double lambdaB, ObjectiveWeight lambda) => Matching(lambdaB).Refined(lambda);

    /// <summary>The terms, in the order of the sum.</summary>
    public IReadOnlyList<WeightedObjective> Terms { get; }

    /// <summary>Images of the pairs that the terms announce to read the features of.</summary>
    public PairImages Encodes => Terms.Aggregate(PairImages.None, (all, term) => all | term.Objective.Encodes);

    /// <summary>This loss + lambda L_refine: the paper's refinement on top of a method that judges masks otherwise.</summary>
    /// <param name="lambda">A number, or a schedule over steps.</param>
    /// <exception cref="ArgumentException">L_refine is in the sum already.</exception>
    public ObjectiveSum Refined(ObjectiveWeight lambda) => new([.. Terms, new WeightedObjective(new RefineObjective(), lambda)]);

    /// <summary>
    /// Computes the loss of a step. Its tensors belong to the caller's scope. A term whose weight is 0 at this step is reported and has no part in the sum
    /// or its gradient.
    /// </summary>
    /// <exception cref="InvalidOperationException">Every term has weight 0.</exception>
    public ObjectiveValues Compute(ObjectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        context.Expected = Encodes;
        var values = new List<(string Name, Tensor Value)>();
        Tensor? total = null;
        foreach (var (objective, schedule) in Terms)
        {
            var weight = schedule.At(context.Step);
            using var mode = set_grad_enabled(weight != 0 && is_grad_enabled());
            var value = objective.Compute(context);
            values.Add((objective.Name, value.detach().MoveToOuterDisposeScope()));
            if (weight == 0)
                continue;
            var weighted = value * weight;
            total = total is null ? weighted : total + weighted;
        }

        return total is not null
            ? new(total.MoveToOuterDisposeScope(), values)
            : throw new InvalidOperationException($"Every term of the loss has weight 0 at step {context.Step}: there is nothing to learn.");
    }
}
