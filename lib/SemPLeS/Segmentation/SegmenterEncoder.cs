using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Weights;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Segmentation;

/// <summary>DeiT as a Segmenter's encoder, plain or distilled. Fields bear the checkpoint's names; its heads are in published weights and are not used.</summary>
internal sealed class SegmenterEncoder : nn.Module
{
    private readonly PatchEmbedding patch_embed;
    private readonly Parameter cls_token;
    private readonly Parameter? dist_token;
    private readonly Parameter pos_embed;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly LayerNorm norm;
    private readonly Linear? head;
    private readonly Linear? head_dist;
    private readonly SegmenterSettings _settings;

    public SegmenterEncoder(SegmenterSettings settings)
        : base(nameof(SegmenterEncoder))
    {
        _settings = settings;
        var (width, depth) = (settings.Width, settings.Depth);
        patch_embed = new PatchEmbedding(width, settings.PatchSize);
        cls_token = new Parameter(zeros([1, 1, width]));
        dist_token = settings.Distilled ? new Parameter(zeros([1, 1, width])) : null;
        pos_embed = new Parameter(zeros([1, settings.ExtraTokens + (long)settings.Grid * settings.Grid, width]));
        blocks = nn.ModuleList(Enumerable.Range(0, depth)
            .Select(block => new TransformerBlock(
                width, settings.Heads, settings.HiddenWidth, settings.LayerNormEpsilon, settings.StochasticDepth * block / Math.Max(depth - 1, 1)))
            .ToArray());
        norm = nn.LayerNorm([width], settings.LayerNormEpsilon);
        if (settings.EncoderClasses > 0)
        {
            head = nn.Linear(width, settings.EncoderClasses);
            head_dist = settings.Distilled ? nn.Linear(width, settings.EncoderClasses) : null;
        }

        RegisterComponents();
    }

    /// <summary>(B, 3, H, W), sides multiples of the patch, to the patch tokens (B, h w, width).</summary>
    public Tensor Forward(Tensor images, RandomStream? random)
    {
        using var scope = NewDisposeScope();
        var embedded = patch_embed.Forward(images);
        var (batch, rows, columns) = (embedded.shape[0], (int)embedded.shape[2], (int)embedded.shape[3]);
        var extra = dist_token is null ? cls_token : cat([cls_token, dist_token], 1);
        var tokens = cat([extra.expand(batch, -1, -1), embedded.flatten(2).transpose(1, 2)], 1) + Positions(rows, columns);
        foreach (var block in blocks)
            tokens = block.Replace(tokens, random);
        return norm.forward(tokens).narrow(1, _settings.ExtraTokens, (long)rows * columns).MoveToOuterDisposeScope();
    }

    /// <summary>(1, tokens + rows x columns, width).</summary>
    private Tensor Positions(int rows, int columns)
    {
        var (grid, extra) = (_settings.Grid, _settings.ExtraTokens);
        if (rows == grid && columns == grid)
            return pos_embed;
        var patches = PositionResize.Bilinear(pos_embed.narrow(1, extra, (long)grid * grid), grid, rows, columns);
        return cat([pos_embed.narrow(1, 0, extra), patches], 1);
    }
}
