using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>The maps between the coarse and the refined CAM, for a patch grid of h rows and w columns.</summary>
/// <param name="CoarseCam">(B, K, h, w): ReLU of the coarse map.</param>
/// <param name="AttentionCam">(B, K, h, w): class-to-patch attention, weighted mean over all heads of all blocks.</param>
/// <param name="FusedCam">(B, K, h, w): the product of the two.</param>
/// <param name="PatchAttention">(B, h w, h w): patch-to-patch attention, rows attend to columns; weighted mean over all heads of all blocks, not renormalised.</param>
public sealed record IntermediateMaps(Tensor CoarseCam, Tensor AttentionCam, Tensor FusedCam, Tensor PatchAttention)
{
    /// <summary>Spreads a map over patches that attend to one another: patch attention times map.</summary>
    /// <param name="cam">(B, K, h, w).</param>
    /// <returns>(B, K, h, w); of <see cref="FusedCam"/> it is the refined CAM.</returns>
    public Tensor Refine(Tensor cam)
    {
        if (!cam.shape.SequenceEqual(FusedCam.shape))
            throw new ArgumentException($"A map of shape [{string.Join(", ", cam.shape)}] does not fit maps of shape [{string.Join(", ", FusedCam.shape)}].", nameof(cam));
        return AdaptiveAttentionFusion.Refine(cam, PatchAttention);
    }
}
