using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>A pre-norm transformer block. Fields bear the checkpoint's names.</summary>
internal sealed class ClipBlock : nn.Module
{
    private readonly ClipAttention attn;
    private readonly LayerNorm ln_1;
    private readonly ClipFeedForward mlp;
    private readonly LayerNorm ln_2;

    public ClipBlock(int width, int heads, ClipActivation activation, double epsilon)
        : base(nameof(ClipBlock))
    {
        attn = new ClipAttention(width, heads);
        ln_1 = nn.LayerNorm([width], epsilon);
        mlp = new ClipFeedForward(width, activation);
        ln_2 = nn.LayerNorm([width], epsilon);
        RegisterComponents();
    }

    /// <summary>Runs the block.</summary>
    /// <param name="tokens">(B, N, width).</param>
    /// <param name="mask">(N, N), added to the attention's logits; null for none.</param>
    /// <param name="only">The one token that a result is wanted for; null for all.</param>
    /// <returns>(B, N, width), or (B, 1, width).</returns>
    public Tensor Forward(Tensor tokens, Tensor? mask, long? only)
    {
        using var scope = NewDisposeScope();
        var normalised = ln_1.forward(tokens);
        var (attended, attention) = attn.Forward(Wanted(normalised, 1, only), normalised, mask is null ? null : Wanted(mask, 0, only));
        attention.Dispose();
        return Finish(Wanted(tokens, 1, only), attended).MoveToOuterDisposeScope();
    }

    /// <summary>The block's first norm.</summary>
    public Tensor Normalise(Tensor tokens) => ln_1.forward(tokens);

    /// <summary>What comes behind the first norm.</summary>
    /// <param name="tokens">(B, N, width): what the branches are added to.</param>
    /// <param name="normalised">The same through <see cref="Normalise"/>, or in its place.</param>
    /// <returns>(B, N, width), and the attention (B, N, N), a mean over the heads.</returns>
    public (Tensor Tokens, Tensor Attention) From(Tensor tokens, Tensor normalised)
    {
        using var scope = NewDisposeScope();
        var (attended, attention) = attn.Forward(normalised, normalised, mask: null);
        return (Finish(tokens, attended).MoveToOuterDisposeScope(), attention.mean([1]).MoveToOuterDisposeScope());
    }

    private Tensor Finish(Tensor tokens, Tensor attended)
    {
        var middle = tokens + attended;
        return middle + mlp.Forward(ln_2.forward(middle));
    }

    private static Tensor Wanted(Tensor all, long dimension, long? only) => only is { } place ? all.narrow(dimension, place, 1) : all;
}
