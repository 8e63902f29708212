using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>The mean over pairs of a similarity, as it is, to be watched with weight 0 while something else is learned.</summary>
/// <param name="Of">Which similarity.</param>
public sealed record SimilarityObjective(PairSimilarity Of) : IObjective
{
    /// <inheritdoc/>
    public string Name => Of switch
    {
        PairSimilarity.ForegroundLabel => "sim(v_f, u_f)",
        PairSimilarity.BackgroundLabel => "sim(v_b, u_f)",
        PairSimilarity.ForegroundPrompt => "sim(v_f, u_b)",
        PairSimilarity.BackgroundPrompt => "sim(u_b, v_b)",
        PairSimilarity.PromptLabel => "sim(u_b, u_f)",
        _ => throw Unknown(),
    };

    /// <inheritdoc/>
    public Tensor Compute(ObjectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var similarity = Of switch
        {
            PairSimilarity.ForegroundLabel => context.ForegroundLabel,
            PairSimilarity.BackgroundLabel => context.BackgroundLabel,
            PairSimilarity.ForegroundPrompt => context.ForegroundPrompt,
            PairSimilarity.BackgroundPrompt => context.BackgroundPrompt,
            PairSimilarity.PromptLabel => context.PromptLabel,
            _ => throw Unknown(),
        };
        return similarity.Raw.mean();
    }

    private ArgumentOutOfRangeException Unknown() => new(nameof(Of), Of, "There is no such similarity.");
}
