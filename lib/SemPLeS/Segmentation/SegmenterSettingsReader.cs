using SemPLeS.MaskGenerator;
using SemPLeS.Weights;

namespace SemPLeS.Segmentation;

/// <summary>Reads a Segmenter's settings from the shapes of its weights.</summary>
internal sealed class SegmenterSettingsReader(WeightsFile file, string prefix) : TransformerSettingsReader(file, prefix, "Segmenter")
{
    private const int PublishedHeadWidth = 64;

    /// <exception cref="InvalidDataException">The file does not hold a Segmenter; the message names file and tensor.</exception>
    public SegmenterSettings Read()
    {
        var (width, side) = Patch("encoder.patch_embed.proj.weight");
        var distilled = Contains("encoder.dist_token");
        var (depth, decoderDepth) = (Depth("encoder.blocks", width), Depth("decoder.blocks", width));
        if (depth == 0)
            throw Invalid("encoder.blocks.0.attn.qkv.weight", "there is no such tensor, so no block of an encoder");
        if (decoderDepth == 0)
            throw Invalid("decoder.blocks.0.attn.qkv.weight", "there is no such tensor, so no block of a mask transformer");
        var settings = new SegmenterSettings
        {
            Labels = (int)Shape("decoder.cls_emb", 3)[1],
            PatchSize = side,
            ImageSize = Grid("encoder.pos_embed", distilled ? 2 : 1, "tokens") * side,
            Width = width,
            Depth = depth,
            Heads = Heads(width),
            HiddenWidth = HiddenWidth("encoder.blocks.0.mlp.fc1.weight", width),
            DecoderDepth = decoderDepth,
            Distilled = distilled,
            EncoderClasses = Contains("encoder.head.weight") ? (int)Shape("encoder.head.weight", 2)[0] : 0,
        };
        return settings with
        {
            LayerNormEpsilon = Epsilon(settings.LayerNormEpsilon),
            Statistics = Statistics(settings.Statistics),
        };
    }

    private int Heads(int width)
    {
        if ((Number("num_heads") ?? Number("heads")) is { } heads)
        {
            return width % heads == 0
                ? heads
                : throw new InvalidDataException($"{File.FilePath}: the metadata name {heads} heads, by which the width {width} can't be divided.");
        }

        return width % PublishedHeadWidth == 0
            ? width / PublishedHeadWidth
            : throw new InvalidDataException($"{File.FilePath} does not say how many attention heads a block has: its metadata lack num_heads, and the width {width} is no multiple of {PublishedHeadWidth}.");
    }
}
