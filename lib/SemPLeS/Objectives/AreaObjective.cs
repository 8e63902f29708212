using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>
/// The mean of all masks, which keeps them small: CLIMS' area regularisation (Xie et al., CVPR 2022), for masks that are normalised between their own minimum and
/// maximum. Published is the mean over all classes of sigmoid maps; masks of absent classes have no meaning here.
/// </summary>
public sealed record AreaObjective : IObjective
{
    /// <inheritdoc/>
    public string Name => "area";

    /// <inheritdoc/>
    public PairImages Encodes => PairImages.None;

    /// <inheritdoc/>
    public Tensor Compute(ObjectiveContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Masks.mean();
    }
}
