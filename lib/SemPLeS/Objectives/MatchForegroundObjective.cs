using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>
/// The first half of L_match, equation (1) of the paper: mean over pairs of -log sim(v_f, u_f). The foreground shall look like its label.
/// </summary>
public sealed record MatchForegroundObjective : IObjective
{
    /// <inheritdoc/>
    public string Name => "match foreground";

    /// <inheritdoc/>
    public PairImages Encodes => PairImages.Foreground;

    /// <inheritdoc/>
    public Tensor Compute(ObjectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        return context.ForegroundLabel.Clamped.log().mean().neg().MoveToOuterDisposeScope();
    }
}
