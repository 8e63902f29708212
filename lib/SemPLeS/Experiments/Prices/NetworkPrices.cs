using SemPLeS.Clip;
using SemPLeS.MaskGenerator;
using SemPLeS.Segmentation;

namespace SemPLeS.Experiments.Prices;

/// <summary>The transformers of the method.</summary>
internal static class NetworkPrices
{
    private const int ClipHidden = 4;

    /// <summary>The generator's trunk on an input of some pixels, of which whole patches are seen.</summary>
    public static TransformerPrice Trunk(GeneratorSettings network, int width, int height) => new(
        network.Classes + Patches(width, height, network.PatchSize), network.Width, network.HiddenWidth, network.Heads, network.Depth, OfPatch(network.PatchSize, network.Width));

    /// <summary>CLIP's image encoder on an input of some pixels.</summary>
    public static TransformerPrice Image(ClipSettings clip, int width, int height) => new(
        1 + Patches(width, height, clip.PatchSize), clip.VisionWidth, ClipHidden * clip.VisionWidth, clip.VisionHeads, clip.VisionLayers, OfPatch(clip.PatchSize, clip.VisionWidth));

    /// <summary>CLIP's image encoder on its own input.</summary>
    public static TransformerPrice Image(ClipSettings clip) => Image(clip, clip.ImageSize, clip.ImageSize);

    /// <summary>CLIP's text encoder.</summary>
    public static TransformerPrice Text(ClipSettings clip, int tokens) => new(tokens, clip.TextWidth, ClipHidden * clip.TextWidth, clip.TextHeads, clip.TextLayers);

    /// <summary>Parameters of a CLIP.</summary>
    public static double Parameters(ClipSettings clip) => Image(clip).Parameters + Text(clip, 1).Parameters
        + ((double)(clip.VocabularySize + clip.ContextLength) * clip.TextWidth) + ((double)clip.EmbeddingSize * (clip.VisionWidth + clip.TextWidth));

    /// <summary>The Segmenter's encoder on a square window.</summary>
    public static TransformerPrice Encoder(SegmenterSettings network, int side) => new(
        network.ExtraTokens + Patches(side, side, network.PatchSize), network.Width, network.HiddenWidth, network.Heads, network.Depth, OfPatch(network.PatchSize, network.Width));

    /// <summary>The Segmenter's mask transformer on a square window.</summary>
    public static TransformerPrice Decoder(SegmenterSettings network, int side) => new(
        network.Labels + Patches(side, side, network.PatchSize), network.Width, network.HiddenWidth, network.Heads, network.DecoderDepth, (double)network.Width * network.Width);

    private static double Patches(int width, int height, int patch) => (double)(width / patch) * (height / patch);

    private static double OfPatch(int patch, int width) => 3.0 * patch * patch * width;
}
