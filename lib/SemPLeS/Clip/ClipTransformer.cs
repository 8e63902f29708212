using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Clip;

/// <summary>The blocks of one of CLIP's encoders. The field bears the checkpoint's name.</summary>
internal sealed class ClipTransformer : nn.Module
{
    private readonly ModuleList<ClipBlock> resblocks;

    public ClipTransformer(int width, int layers, int heads, ClipActivation activation, double epsilon)
        : base(nameof(ClipTransformer))
    {
        resblocks = nn.ModuleList(Enumerable.Range(0, layers).Select(_ => new ClipBlock(width, heads, activation, epsilon)).ToArray());
        RegisterComponents();
    }

    /// <summary>The last block.</summary>
    public ClipBlock Last => resblocks[resblocks.Count - 1];

    /// <summary>Runs all blocks but the last.</summary>
    /// <param name="tokens">(B, N, width).</param>
    /// <returns>(B, N, width), and the attention (B, N, N) of each block, a mean over the heads.</returns>
    public (Tensor Tokens, IReadOnlyList<Tensor> Attention) BeforeLast(Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var attention = new List<Tensor>();
        for (var i = 0; i < resblocks.Count - 1; i++)
        {
            (tokens, var map) = resblocks[i].From(tokens, resblocks[i].Normalise(tokens));
            attention.Add(map.MoveToOuterDisposeScope());
        }

        return (tokens.MoveToOuterDisposeScope(), attention);
    }

    /// <summary>Runs all blocks.</summary>
    /// <param name="tokens">(B, N, width).</param>
    /// <param name="causal">Whether a token sees only itself and those before it.</param>
    /// <param name="only">The one token that a result is wanted for; null for all.</param>
    /// <returns>(B, N, width), or (B, 1, width).</returns>
    public Tensor Forward(Tensor tokens, bool causal, long? only)
    {
        using var scope = NewDisposeScope();
        var count = tokens.shape[1];
        var mask = causal ? full([count, count], float.NegativeInfinity, device: tokens.device).triu(1).to(tokens.dtype) : null;
        for (var i = 0; i < resblocks.Count; i++)
            tokens = resblocks[i].Forward(tokens, mask, i == resblocks.Count - 1 ? only : null);
        return tokens.MoveToOuterDisposeScope();
    }
}
