using SemPLeS.Objectives;
using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>What a row of an ablation, or a point of a reader's grid, changes in a preset's stages; null leaves the preset's own value.</summary>
public sealed record StageVariation
{
    /// <summary>Which mask generator is trained from image-level labels in phase 1.</summary>
    public GeneratorMethod Generator { get; init; }

    /// <summary>The loss by which stage a, and stage c beside L_refine, judges masks.</summary>
    public MatchingLoss Matching { get; init; }

    /// <summary>The order of the stages.</summary>
    public Scheme Scheme { get; init; } = Scheme.Sequential;

    /// <summary>The weight of L_refine, equation (3).</summary>
    public double? Lambda { get; init; }

    /// <summary>The weight of L_match's background term, equation (1).</summary>
    public double? LambdaB { get; init; }

    /// <summary>The weight of L_prompt's text term, equation (2).</summary>
    public double? LambdaT { get; init; }

    /// <summary>The similarity below which L_prompt's text term rests; 0 in the paper.</summary>
    public double? TextFloor { get; init; }

    /// <summary>Whether the prompts learn by L^T, away from the label's text.</summary>
    public bool HasTextTerm { get; init; } = true;

    /// <summary>Whether the prompts learn by L^I, towards the picture's background.</summary>
    public bool HasImageTerm { get; init; } = true;

    /// <summary>Vectors of a prompt, at least 1.</summary>
    public int? PromptLength { get; init; }

    /// <summary>What the masks' min-max normalisation adds to their range, above 0.</summary>
    public double? MaskEpsilon { get; init; }

    /// <summary>The learning rate of stages a and c.</summary>
    public double? Rate { get; init; }

    /// <summary>Epochs of stages a and c.</summary>
    public int? Epochs { get; init; }

    /// <summary>The learning rate of stage b.</summary>
    public double? PromptRate { get; init; }

    /// <summary>Epochs of stage b.</summary>
    public int? PromptEpochs { get; init; }

    /// <summary>L_prompt.</summary>
    /// <param name="lambdaT">The preset's weight of the text term.</param>
    /// <param name="floor">The preset's floor.</param>
    /// <exception cref="ArgumentException">Neither term is wanted.</exception>
    internal ObjectiveSum Prompting(double lambdaT, double floor)
    {
        var both = ObjectiveSum.Prompting(LambdaT ?? lambdaT, TextFloor ?? floor);
        return (HasImageTerm, HasTextTerm) switch
        {
            (true, true) => both,
            (false, false) => throw new ArgumentException("L_prompt needs one of its terms."),
            _ => new ObjectiveSum([.. both.Terms.Where(term => term.Objective is PromptImageObjective == HasImageTerm)]),
        };
    }
}
