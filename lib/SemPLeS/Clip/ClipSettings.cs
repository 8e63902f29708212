using System.Globalization;
using System.Text.Json;
using SemPLeS.Data;
using SemPLeS.Weights;

namespace SemPLeS.Clip;

/// <summary>The shape of a CLIP with a vision transformer, and the constants that its weights do not show. The defaults are ViT-B/32.</summary>
public sealed record ClipSettings
{
    /// <summary>Side of the square images in pixels; a multiple of the patch.</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>Side of a patch in pixels.</summary>
    public int PatchSize { get; init; } = 32;

    /// <summary>Channels of a token of the image encoder; a multiple of its heads.</summary>
    public int VisionWidth { get; init; } = 768;

    /// <summary>Blocks of the image encoder.</summary>
    public int VisionLayers { get; init; } = 12;

    /// <summary>Attention heads of a block of the image encoder.</summary>
    public int VisionHeads { get; init; } = 12;

    /// <summary>Channels of a token of the text encoder; a multiple of its heads.</summary>
    public int TextWidth { get; init; } = 512;

    /// <summary>Blocks of the text encoder.</summary>
    public int TextLayers { get; init; } = 12;

    /// <summary>Attention heads of a block of the text encoder.</summary>
    public int TextHeads { get; init; } = 8;

    /// <summary>D: channels of the features of images and texts.</summary>
    public int EmbeddingSize { get; init; } = 512;

    /// <summary>Most tokens of a text, start and end included.</summary>
    public int ContextLength { get; init; } = 77;

    /// <summary>Number of tokens that there are, special ones included.</summary>
    public int VocabularySize { get; init; } = 49408;

    /// <summary>The activation of the feed-forward layers.</summary>
    public ClipActivation Activation { get; init; } = ClipActivation.QuickGelu;

    /// <summary>What LayerNorm adds to the variance.</summary>
    public double LayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>How the images are normalised that the weights were trained on.</summary>
    public ChannelStatistics Statistics { get; init; } = ChannelStatistics.Clip;

    /// <summary>Rows, and columns, of the patch grid.</summary>
    public int Grid => ImageSize / PatchSize;

    /// <summary>What the image encoder is shown of a picture when it is used alone.</summary>
    public ImagePreprocessing Preprocessing => new(ImageSize, Statistics);

    /// <summary>
    /// Reads the settings from a CLIP's weights. Shapes tell the sizes. The number of heads is width / 64, as in all of OpenAI's models, unless the
    /// metadata say otherwise (<c>vision_heads</c>, <c>transformer_heads</c>); activation, LayerNorm's constant and the images' statistics come from the
    /// metadata (<c>activation</c>, <c>layer_norm_eps</c>, <c>mean</c>, <c>std</c>) or are the defaults: use <c>with</c> to change them.
    /// </summary>
    /// <param name="file">The weights.</param>
    /// <param name="prefix">
    /// What stands before CLIP's own names. Metadata keys may bear it too: "clip_vision_heads" goes before "vision_heads" where the prefix is "clip.".
    /// </param>
    /// <exception cref="InvalidDataException">The file does not hold a CLIP with a vision transformer; the message names file and tensor.</exception>
    public static ClipSettings Read(WeightsFile file, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(file);
        return new ClipSettingsReader(ClipNames.View(file, prefix), prefix).Read();
    }

    /// <summary>What the shapes do not tell, as texts for the metadata of a weights file.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata() => new Dictionary<string, string>
    {
        ["vision_heads"] = VisionHeads.ToString(CultureInfo.InvariantCulture),
        ["transformer_heads"] = TextHeads.ToString(CultureInfo.InvariantCulture),
        ["activation"] = Activation == ClipActivation.QuickGelu ? "quick_gelu" : "gelu",
        ["layer_norm_eps"] = LayerNormEpsilon.ToString("R", CultureInfo.InvariantCulture),
        ["mean"] = JsonSerializer.Serialize(Statistics.Mean),
        ["std"] = JsonSerializer.Serialize(Statistics.StandardDeviation),
    };

    /// <summary>Checks that a CLIP of these settings can be built.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    internal void Validate()
    {
        foreach (var (value, name) in new[]
        {
            (ImageSize, nameof(ImageSize)), (PatchSize, nameof(PatchSize)), (EmbeddingSize, nameof(EmbeddingSize)),
            (VisionWidth, nameof(VisionWidth)), (VisionLayers, nameof(VisionLayers)), (VisionHeads, nameof(VisionHeads)),
            (TextWidth, nameof(TextWidth)), (TextLayers, nameof(TextLayers)), (TextHeads, nameof(TextHeads)),
            (ContextLength, nameof(ContextLength)), (VocabularySize, nameof(VocabularySize)),
        })
        {
            if (value < 1)
                throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
        }

        if (ImageSize % PatchSize != 0)
            throw new ArgumentException($"The image size {ImageSize} is not a multiple of the patch size {PatchSize}.", nameof(ImageSize));
        if (VisionWidth % VisionHeads != 0)
            throw new ArgumentException($"The width {VisionWidth} is not a multiple of the {VisionHeads} heads.", nameof(VisionWidth));
        if (TextWidth % TextHeads != 0)
            throw new ArgumentException($"The width {TextWidth} is not a multiple of the {TextHeads} heads.", nameof(TextWidth));
        if (!Enum.IsDefined(Activation))
            throw new ArgumentOutOfRangeException(nameof(Activation), Activation, "There is no such activation.");
        if (!(LayerNormEpsilon > 0))
            throw new ArgumentOutOfRangeException(nameof(LayerNormEpsilon), LayerNormEpsilon, "LayerNorm's constant must be above 0.");
    }
}
