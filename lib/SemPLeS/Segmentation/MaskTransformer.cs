using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace SemPLeS.Segmentation;

/// <summary>
/// Segmenter's decoder (Strudel et al., 2021, section 3.2): label embeddings pass the blocks together with the patches, and a patch's score for a label is
/// the cosine of the two, normalised over the labels. Fields bear the checkpoint's names.
/// </summary>
internal sealed class MaskTransformer : nn.Module
{
    private const double NormEpsilon = 1e-5;

    private readonly Linear proj_dec;
    private readonly ModuleList<TransformerBlock> blocks;
    private readonly Parameter cls_emb;
    private readonly Parameter proj_patch;
    private readonly Parameter proj_classes;
    private readonly LayerNorm decoder_norm;
    private readonly LayerNorm mask_norm;

    public MaskTransformer(SegmenterSettings settings)
        : base(nameof(MaskTransformer))
    {
        var width = settings.Width;
        proj_dec = nn.Linear(width, width);
        blocks = nn.ModuleList(Enumerable.Range(0, settings.DecoderDepth)
            .Select(_ => new TransformerBlock(width, settings.Heads, settings.HiddenWidth, settings.LayerNormEpsilon, 0, settings.Dropout))
            .ToArray());
        cls_emb = new Parameter(zeros([1, settings.Labels, width]));
        proj_patch = new Parameter(zeros([width, width]));
        proj_classes = new Parameter(zeros([width, width]));
        decoder_norm = nn.LayerNorm([width], NormEpsilon);
        mask_norm = nn.LayerNorm([settings.Labels], NormEpsilon);
        RegisterComponents();
    }

    /// <summary>Patch tokens (B, P, width) to scores (B, P, N).</summary>
    public Tensor Forward(Tensor patches, RandomStream? random)
    {
        using var scope = NewDisposeScope();
        var (batch, count, labels) = (patches.shape[0], patches.shape[1], cls_emb.shape[1]);
        var tokens = cat([proj_dec.forward(patches), cls_emb.expand(batch, -1, -1)], 1);
        foreach (var block in blocks)
            tokens = block.Replace(tokens, random);
        tokens = decoder_norm.forward(tokens);
        var seen = Unit(tokens.narrow(1, 0, count).matmul(proj_patch));
        var wanted = Unit(tokens.narrow(1, count, labels).matmul(proj_classes));
        return mask_norm.forward(seen.matmul(wanted.transpose(1, 2))).MoveToOuterDisposeScope();
    }

    private static Tensor Unit(Tensor vectors) => vectors / vectors.square().sum([2], keepdim: true).sqrt();
}
