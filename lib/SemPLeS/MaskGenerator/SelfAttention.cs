using SemPLeS.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>Multi-head self-attention that shows its attention. Fields bear the checkpoint's names.</summary>
internal sealed class SelfAttention : nn.Module
{
    private readonly Linear qkv;
    private readonly Linear proj;
    private readonly int _heads;
    private readonly Dropout _dropout;

    public SelfAttention(int width, int heads, Dropout dropout)
        : base(nameof(SelfAttention))
    {
        (_heads, _dropout) = (heads, dropout);
        qkv = nn.Linear(width, 3 * width);
        proj = nn.Linear(width, width);
        RegisterComponents();
    }

    /// <summary>
    /// (B, N, width) to the projected output (B, N, width) and the attention (B, heads, N, N), rows attending to columns. <paramref name="random"/> draws the
    /// dropout of attention and output, and is null in evaluation.
    /// </summary>
    public (Tensor Output, Tensor Attention) Forward(Tensor tokens, RandomStream? random)
    {
        using var scope = NewDisposeScope();
        var (batch, count, width) = (tokens.shape[0], tokens.shape[1], tokens.shape[2]);
        var headWidth = width / _heads;
        var parts = qkv.forward(tokens).view(batch, count, 3, _heads, headWidth).permute(2, 0, 3, 1, 4).unbind(0);
        // The queries are smaller than the attention: scaling them costs less.
        var scaled = parts[0] * Math.Pow(headWidth, -.5);
        var attention = scaled.matmul(parts[1].transpose(2, 3)).softmax(3);
        var mixed = _dropout.Apply(attention, random).matmul(parts[2]).transpose(1, 2).reshape(batch, count, width);
        var output = _dropout.Apply(proj.forward(mixed), random);
        return (output.MoveToOuterDisposeScope(), attention.MoveToOuterDisposeScope());
    }
}
