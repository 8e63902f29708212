using System.Globalization;
using System.Text.Json;
using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Weights;

namespace SemPLeS.Segmentation;

/// <summary>The shape of a Segmenter and the constants that its weights do not show. The defaults are Segmenter-S/16 as WeakTr retrains it.</summary>
public sealed record SegmenterSettings
{
    /// <summary>N, the number of labels, background included; at least 2.</summary>
    public required int Labels { get; init; }

    /// <summary>Side, in pixels, of the square images whose patch grid the position embeddings were trained for; a multiple of the patch.</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>Side of a patch in pixels.</summary>
    public int PatchSize { get; init; } = 16;

    /// <summary>Channels of a token, in encoder and mask transformer; a multiple of the heads.</summary>
    public int Width { get; init; } = 384;

    /// <summary>Blocks of the encoder.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>Attention heads of a block.</summary>
    public int Heads { get; init; } = 6;

    /// <summary>Channels of a block's hidden layer.</summary>
    public int HiddenWidth { get; init; } = 4 * 384;

    /// <summary>Blocks of the mask transformer.</summary>
    public int DecoderDepth { get; init; } = 2;

    /// <summary>Whether the encoder has DeiT's distillation token beside the class token.</summary>
    public bool Distilled { get; init; }

    /// <summary>Classes of the encoder's own head, which published weights hold and nothing uses; 0 for no head.</summary>
    public int EncoderClasses { get; init; }

    /// <summary>What LayerNorm adds to the variance in encoder and blocks; it is 1e-5 elsewhere.</summary>
    public double LayerNormEpsilon { get; init; } = 1e-5;

    /// <summary>
    /// Largest probability, in [0, 1), with which training leaves out a residual branch of the encoder: 0 at the first block, this at the last, linear between.
    /// </summary>
    public double StochasticDepth { get; init; }

    /// <summary>Dropout in the mask transformer's blocks during training, in [0, 1).</summary>
    public double Dropout { get; init; } = .1;

    /// <summary>How the images are normalised that the weights were trained on.</summary>
    public ChannelStatistics Statistics { get; init; } = ChannelStatistics.ImageNet;

    /// <summary>Rows, and columns, of the patch grid that the position embeddings were trained for.</summary>
    public int Grid => ImageSize / PatchSize;

    /// <summary>Tokens of the encoder before those of the patches.</summary>
    internal int ExtraTokens => Distilled ? 2 : 1;

    /// <summary>
    /// Reads the settings from a Segmenter's weights. Shapes tell all but the heads, LayerNorm's constant and the images' statistics, which come from the
    /// file's metadata (<c>num_heads</c> or <c>heads</c>, <c>layer_norm_eps</c>, <c>mean</c>, <c>std</c>) or are the defaults, heads of 64 channels; and
    /// stochastic depth and dropout, which are matters of training: use <c>with</c> to change them.
    /// </summary>
    /// <param name="file">The weights.</param>
    /// <param name="prefix">What stands before the Segmenter's own names.</param>
    /// <exception cref="InvalidDataException">The file does not hold a Segmenter; the message names file and tensor.</exception>
    public static SegmenterSettings Read(WeightsFile file, string prefix = "") => new SegmenterSettingsReader(TransformerNames.View(file, prefix), prefix).Read();

    /// <summary>Counts the parameters that learn.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public long LearnedParameters()
    {
        using var segmenter = new Segmenter(this);
        return segmenter.LearnedParameters().Sum(item => item.Parameter.NumberOfElements);
    }

    /// <summary>The settings as texts, for the metadata of a weights file.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata() => new Dictionary<string, string>
    {
        ["labels"] = Text(Labels),
        ["image_size"] = Text(ImageSize),
        ["patch_size"] = Text(PatchSize),
        ["embed_dim"] = Text(Width),
        ["depth"] = Text(Depth),
        ["num_heads"] = Text(Heads),
        ["decoder_depth"] = Text(DecoderDepth),
        ["layer_norm_eps"] = LayerNormEpsilon.ToString("R", CultureInfo.InvariantCulture),
        ["mean"] = JsonSerializer.Serialize(Statistics.Mean),
        ["std"] = JsonSerializer.Serialize(Statistics.StandardDeviation),
    };

    /// <summary>Checks that a Segmenter of these settings can be built.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    internal void Validate()
    {
        foreach (var (value, least, name) in new[]
        {
            (Labels, 2, nameof(Labels)), (ImageSize, 1, nameof(ImageSize)), (PatchSize, 1, nameof(PatchSize)), (Width, 1, nameof(Width)),
            (Depth, 1, nameof(Depth)), (Heads, 1, nameof(Heads)), (HiddenWidth, 1, nameof(HiddenWidth)), (DecoderDepth, 1, nameof(DecoderDepth)),
            (EncoderClasses, 0, nameof(EncoderClasses)),
        })
        {
            if (value < least)
                throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least {least}.");
        }

        if (Labels > LabelMap.Ignore)
            throw new ArgumentOutOfRangeException(nameof(Labels), Labels, $"Label maps have room for {LabelMap.Ignore} labels.");
        if (ImageSize % PatchSize != 0)
            throw new ArgumentException($"The image size {ImageSize} is not a multiple of the patch size {PatchSize}.", nameof(ImageSize));
        if (Width % Heads != 0)
            throw new ArgumentException($"The width {Width} is not a multiple of the {Heads} heads.", nameof(Width));
        foreach (var (value, name) in new[] { (StochasticDepth, nameof(StochasticDepth)), (Dropout, nameof(Dropout)) })
        {
            if (!(value >= 0 && value < 1))
                throw new ArgumentOutOfRangeException(name, value, $"{name} must be in [0, 1).");
        }

        if (!(LayerNormEpsilon > 0))
            throw new ArgumentOutOfRangeException(nameof(LayerNormEpsilon), LayerNormEpsilon, "LayerNorm's constant must be above 0.");
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
