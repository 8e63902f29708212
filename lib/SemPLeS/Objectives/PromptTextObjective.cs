using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>
/// L_prompt^T, the second half of equation (2) of the paper, to be weighted by lambda_T: mean over pairs of log sim(u_b, u_f). A class's prompt shall not
/// describe the class.
/// </summary>
/// <param name="Floor">
/// In [0, 1). The term rests where a similarity is below it: 0 in the paper; above 0 where lambda_T is large, since the gradient grows as one over the
/// similarity and would carry a prompt away for good (our choice in the miniature world).
/// </param>
public sealed record PromptTextObjective(double Floor = 0) : IObjective
{
    /// <inheritdoc/>
    public string Name => "prompt text";

    /// <inheritdoc cref="PromptTextObjective(double)" path="/param[@name='Floor']"/>
    public double Floor { get; } = Floor is >= 0 and < 1 ? Floor : throw new ArgumentOutOfRangeException(nameof(Floor), Floor, "The floor must be in [0, 1).");

    /// <inheritdoc/>
    public Tensor Compute(ObjectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        using var scope = NewDisposeScope();
        var similarity = context.PromptLabel.Clamped;
        return (Floor > 0 ? similarity.clamp_min(Floor) : similarity).log().mean().MoveToOuterDisposeScope();
    }
}
