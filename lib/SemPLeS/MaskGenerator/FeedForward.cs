using SemPLeS.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>Linear, exact GELU, linear, with dropout after both. Fields bear the checkpoint's names.</summary>
internal sealed class FeedForward : nn.Module
{
    private readonly Linear fc1;
    private readonly Linear fc2;
    private readonly Dropout _dropout;

    public FeedForward(int width, int hiddenWidth, Dropout dropout)
        : base(nameof(FeedForward))
    {
        _dropout = dropout;
        fc1 = nn.Linear(width, hiddenWidth);
        fc2 = nn.Linear(hiddenWidth, width);
        RegisterComponents();
    }

    /// <summary>(B, N, width) to (B, N, width); <paramref name="random"/> draws the dropout and is null in evaluation.</summary>
    public Tensor Forward(Tensor tokens, RandomStream? random)
    {
        using var scope = NewDisposeScope();
        var hidden = _dropout.Apply(nn.functional.gelu(fc1.forward(tokens)), random);
        return _dropout.Apply(fc2.forward(hidden), random).MoveToOuterDisposeScope();
    }
}
