namespace SemPLeS.Experiments;

/// <summary>A loss by which CLIP judges masks.</summary>
public enum MatchingLoss
{
    /// <summary>L_match, equation (1) of the paper.</summary>
    SemPLeS,

    /// <summary>CLIMS' (Xie et al., CVPR 2022): the same two terms under other weights, background texts that somebody wrote, and area.</summary>
    Clims,
}
