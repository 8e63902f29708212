using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>
/// The second half of L_match, equation (1) of the paper: mean over pairs of -log(1 - sim(v_b, u_f)), to be weighted by lambda_b. The background shall not
/// look like the label.
/// </summary>
public sealed record MatchBackgroundObjective : IObjective
{
    /// <inheritdoc/>
    public string Name => "match background";

    /// <inheritdoc/>
    public PairImages Encodes => PairImages.Background;

    /// <inheritdoc/>
    public Tensor Compute(ObjectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        return (1 - context.BackgroundLabel.Clamped).log().mean().neg().MoveToOuterDisposeScope();
    }
}
