using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>
/// L_refine, equation (3) of the paper, to be weighted by lambda: mean over pairs of -log(1 - sim(v_f, u_b)). The foreground shall not look like the background
/// that the class's prompt describes.
/// </summary>
public sealed record RefineObjective : IObjective
{
    /// <inheritdoc/>
    public string Name => "refine";

    /// <inheritdoc/>
    public PairImages Encodes => PairImages.Foreground;

    /// <inheritdoc/>
    public Tensor Compute(ObjectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        return (1 - context.ForegroundPrompt.Clamped).log().mean().neg().MoveToOuterDisposeScope();
    }
}
