using SemPLeS.Data;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>
/// A pre-norm block of a vision transformer with stochastic depth (Huang et al., 2016; per sample, as in timm) and dropout. Fields bear the checkpoint's
/// names.
/// </summary>
internal sealed class TransformerBlock : nn.Module
{
    private readonly LayerNorm norm1;
    private readonly SelfAttention attn;
    private readonly LayerNorm norm2;
    private readonly FeedForward mlp;
    private readonly double _dropProbability;

    public TransformerBlock(int width, int heads, int hiddenWidth, double epsilon, double dropProbability, double dropout = 0)
        : base(nameof(TransformerBlock))
    {
        norm1 = nn.LayerNorm([width], epsilon);
        attn = new SelfAttention(width, heads, new Dropout(dropout));
        norm2 = nn.LayerNorm([width], epsilon);
        mlp = new FeedForward(width, hiddenWidth, new Dropout(dropout));
        _dropProbability = dropProbability;
        RegisterComponents();
    }

    /// <summary>Runs the block.</summary>
    /// <param name="tokens">(B, N, width).</param>
    /// <param name="random">Chooses the samples whose branches are left out, and draws the dropout; null in evaluation.</param>
    /// <returns>New tokens, the attention (B, heads, N, N), and the attention branch's output (B, N, width) before stochastic depth.</returns>
    public (Tensor Tokens, Tensor Attention, Tensor Features) Forward(Tensor tokens, RandomStream? random)
    {
        using var scope = NewDisposeScope();
        var (features, attention) = attn.Forward(norm1.forward(tokens), random);
        var middle = tokens + Drop(features, random);
        var output = middle + Drop(mlp.Forward(norm2.forward(middle), random), random);
        return (output.MoveToOuterDisposeScope(), attention.MoveToOuterDisposeScope(), features.MoveToOuterDisposeScope());
    }

    /// <summary>New tokens alone, in place of the given ones, which are freed.</summary>
    public Tensor Replace(Tensor tokens, RandomStream? random)
    {
        var (next, attention, features) = Forward(tokens, random);
        attention.Dispose();
        features.Dispose();
        tokens.Dispose();
        return next;
    }

    /// <summary>Leaves out the branch of some samples and enlarges that of the others, so that its mean stays.</summary>
    private Tensor Drop(Tensor branch, RandomStream? random)
    {
        if (random is null || _dropProbability == 0)
            return branch;
        var factors = new float[branch.shape[0]];
        var (first, count) = random.Samples ?? (0, factors.Length);
        for (var sample = 0; sample < count; sample++)
        {
            var factor = random.Chance(_dropProbability) ? 0 : (float)(1 / (1 - _dropProbability));
            if (sample >= first && sample - first < factors.Length)
                factors[sample - first] = factor;
        }

        return branch * tensor(factors, [factors.Length, 1, 1]).to(branch.dtype, branch.device);
    }
}
