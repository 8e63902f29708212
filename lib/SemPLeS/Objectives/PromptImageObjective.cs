using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>
/// L_prompt^I, the first half of equation (2) of the paper: mean over pairs of -log sim(u_b, v_b). A class's prompt shall describe what is behind it.
/// </summary>
public sealed record PromptImageObjective : IObjective
{
    /// <inheritdoc/>
    public string Name => "prompt image";

    /// <inheritdoc/>
    public PairImages Encodes => PairImages.Background;

    /// <inheritdoc/>
    public Tensor Compute(ObjectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        return context.BackgroundPrompt.Clamped.log().mean().neg().MoveToOuterDisposeScope();
    }
}
