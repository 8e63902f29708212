namespace SemPLeS.MaskGenerator;

/// <summary>
/// Attention that counts alike in every head, with nothing to learn: MCTformer's fusion (Xu et al., CVPR 2022). The class-to-patch attention is a mean over the
/// last blocks alone, the patch-to-patch attention over all of them. MCTformer adds up where this takes means: a factor that the normalisation of CAMs takes out.
/// </summary>
/// <param name="ClassBlocks">Blocks, the last ones, whose class-to-patch attention counts, at least 1: 3 of 12 as published.</param>
public sealed record UniformFusion(int ClassBlocks)
{
    /// <summary>The last quarter of a network's blocks, at least one: 3 of DeiT-S' 12, 1 of the miniature's 2.</summary>
    /// <param name="depth">The network's blocks.</param>
    public static UniformFusion OfLastQuarter(int depth) => new(Math.Max(1, depth / 4));

    /// <summary>Blocks, the last ones, whose class-to-patch attention counts.</summary>
    public int ClassBlocks { get; } = ClassBlocks >= 1 ? ClassBlocks : throw new ArgumentOutOfRangeException(nameof(ClassBlocks), ClassBlocks, "At least the last block must count.");
}
