using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>Linear, exact GELU, linear. Fields bear the checkpoint's names.</summary>
internal sealed class FeedForward : nn.Module
{
    private readonly Linear fc1;
    private readonly Linear fc2;

    public FeedForward(int width, int hiddenWidth)
        : base(nameof(FeedForward))
    {
        fc1 = nn.Linear(width, hiddenWidth);
        fc2 = nn.Linear(hiddenWidth, width);
        RegisterComponents();
    }

    /// <summary>(B, N, width) to (B, N, width).</summary>
    public Tensor Forward(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        return fc2.forward(nn.functional.gelu(fc1.forward(tokens))).MoveToOuterDisposeScope();
    }
}
