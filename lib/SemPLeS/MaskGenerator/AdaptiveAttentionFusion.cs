using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.MaskGenerator;

/// <summary>WeakTr's adaptive attention fusion: weighs every attention head of every block by its feature. Fields bear the checkpoint's names.</summary>
internal sealed class AdaptiveAttentionFusion : nn.Module
{
    private readonly Sequential attn_feat_ffn;
    private readonly Sequential attn_head_ffn;
    private readonly int _heads;
    private readonly FeaturePooling _pooling;

    public AdaptiveAttentionFusion(GeneratorSettings settings)
        : base(nameof(AdaptiveAttentionFusion))
    {
        _heads = settings.Heads;
        _pooling = settings.Pooling;
        var all = settings.Heads * settings.Depth;
        attn_feat_ffn = nn.Sequential(nn.Linear(settings.HeadWidth, settings.FeatureHidden), nn.Linear(settings.FeatureHidden, 1));
        attn_head_ffn = nn.Sequential(nn.Linear(all, settings.HeadHidden, hasBias: false), nn.ReLU(), nn.Linear(settings.HeadHidden, all, hasBias: false), nn.Sigmoid());
        RegisterComponents();
    }

    /// <summary>Pools a block's attention output, detached, over all tokens: (B, N, width) to (B, width / heads, heads). Channel c belongs to head c mod heads.</summary>
    public Tensor Pool(Tensor features)
    {
        using var scope = NewDisposeScope();
        var detached = features.detach();
        var pooled = _pooling == FeaturePooling.Max ? detached.amax(1) : detached.mean([1]);
        return pooled.view(pooled.shape[0], -1, _heads).MoveToOuterDisposeScope();
    }

    /// <summary>The weight of each head.</summary>
    /// <param name="pooled">What <see cref="Pool"/> made of each block.</param>
    /// <returns>(B, heads, blocks), in (0, 1).</returns>
    public Tensor Weigh(IReadOnlyList<Tensor> pooled)
    {
        using var scope = NewDisposeScope();
        var features = stack(pooled, 3).flatten(2).transpose(1, 2);
        var weights = attn_head_ffn.forward(attn_feat_ffn.forward(features).flatten(1));
        return weights.view(weights.shape[0], _heads, pooled.Count).MoveToOuterDisposeScope();
    }

    /// <summary>The weighted mean of all attention, detached. One block at a time: the maps of all blocks are never copied into one tensor.</summary>
    /// <param name="weights">(B, heads, blocks).</param>
    /// <param name="attention">(B, heads, N, N) for each block.</param>
    /// <returns>(B, N, N).</returns>
    public static Tensor Combine(Tensor weights, IReadOnlyList<Tensor> attention)
    {
        using var scope = NewDisposeScope();
        var (batch, heads, tokens) = (weights.shape[0], weights.shape[1], attention[0].shape[2]);
        var shares = (weights / (heads * attention.Count)).transpose(1, 2);
        var sum = shares.narrow(1, 0, 1).bmm(Maps(0));
        for (var block = 1; block < attention.Count; block++)
            sum = sum.baddbmm(shares.narrow(1, block, 1), Maps(block));
        return sum.view(batch, tokens, tokens).MoveToOuterDisposeScope();

        Tensor Maps(int block) => attention[block].detach().view(batch, heads, tokens * tokens);
    }

    /// <summary>Patch attention (B, P, P) times a map (B, K, h, w), P = h w.</summary>
    public static Tensor Refine(Tensor cam, Tensor patchAttention)
    {
        using var scope = NewDisposeScope();
        return cam.flatten(2).bmm(patchAttention.transpose(1, 2)).view(cam.shape).MoveToOuterDisposeScope();
    }
}
