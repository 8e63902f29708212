using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>Cuts images into patches and projects each to a token. The field bears the checkpoint's name.</summary>
internal sealed class PatchEmbedding : nn.Module
{
    private readonly Conv2d proj;

    public PatchEmbedding(int width, int patchSize)
        : base(nameof(PatchEmbedding))
    {
        proj = nn.Conv2d(3, width, patchSize, stride: patchSize);
        RegisterComponents();
    }

    /// <summary>(B, 3, H, W) to (B, width, H / patch, W / patch), rounded down: a ragged border is not seen.</summary>
    public Tensor Forward(Tensor images) => proj.forward(images);
}
