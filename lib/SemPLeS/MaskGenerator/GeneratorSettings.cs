using System.Globalization;
using System.Text.Json;
using SemPLeS.Data;
using SemPLeS.Training;
using SemPLeS.Weights;

namespace SemPLeS.MaskGenerator;

/// <summary>The shape of a mask generator and the constants that its weights do not show. The defaults are DeiT-S/16 with WeakTr's fusion.</summary>
public sealed record GeneratorSettings
{
    /// <summary>The metadata's names of what shapes do not show of a generator with <see cref="Uniform"/> fusion.</summary>
    internal const string UniformBlocksKey = "uniform_class_blocks", HeadsKey = "num_heads";

    /// <summary>K, the number of classes, background not counted; at least 1.</summary>
    public required int Classes { get; init; }

    /// <summary>Side, in pixels, of the square images whose patch grid the position embeddings were trained for; a multiple of the patch.</summary>
    public int ImageSize { get; init; } = 224;

    /// <summary>Side of a patch in pixels.</summary>
    public int PatchSize { get; init; } = 16;

    /// <summary>Channels of a token; a multiple of the heads.</summary>
    public int Width { get; init; } = 384;

    /// <summary>Transformer blocks.</summary>
    public int Depth { get; init; } = 12;

    /// <summary>Attention heads of a block.</summary>
    public int Heads { get; init; } = 6;

    /// <summary>Channels of a block's hidden layer.</summary>
    public int HiddenWidth { get; init; } = 4 * 384;

    /// <summary>r: the fusion's hidden layer over all heads has heads x depth / r units, rounded down.</summary>
    public int HeadReduction { get; init; } = 8;

    /// <summary>The fusion's hidden layer over a head's feature has width / heads / this many units, rounded down.</summary>
    public int FeatureReduction { get; init; } = 8;

    /// <summary>How a head's feature is pooled over the tokens.</summary>
    public FeaturePooling Pooling { get; init; } = FeaturePooling.Max;

    /// <summary>Null: WeakTr's fusion, which learns a weight for each head. Else all heads count alike, and reductions and pooling have no part.</summary>
    [OmittedWhenNull]
    public UniformFusion? Uniform { get; init; }

    /// <summary>What LayerNorm adds to the variance.</summary>
    public double LayerNormEpsilon { get; init; } = 1e-6;

    /// <summary>
    /// Largest probability, in [0, 1), with which training leaves out a residual branch: 0 at the first block, this at the last, linear between.
    /// </summary>
    public double StochasticDepth { get; init; }

    /// <summary>How the images are normalised that the weights were trained on.</summary>
    public ChannelStatistics Statistics { get; init; } = ChannelStatistics.ImageNet;

    /// <summary>Rows, and columns, of the patch grid that the position embeddings were trained for.</summary>
    public int Grid => ImageSize / PatchSize;

    /// <summary>Channels of one head.</summary>
    public int HeadWidth => Width / Heads;

    /// <summary>Units of the fusion's hidden layer over a head's feature.</summary>
    internal int FeatureHidden => HeadWidth / FeatureReduction;

    /// <summary>Units of the fusion's hidden layer over all heads.</summary>
    internal int HeadHidden => Heads * Depth / HeadReduction;

    /// <summary>
    /// Reads the settings from a generator's weights. Shapes tell all but pooling, LayerNorm's constant and the images' statistics, which come from
    /// the file's metadata (<c>pool</c>, <c>layer_norm_eps</c>, <c>mean</c>, <c>std</c>) or are the defaults, and the stochastic depth, which is a
    /// matter of training: use <c>with</c> to change them. Where several reductions would give the same hidden layer and the metadata name none, the
    /// result is one of them.
    /// </summary>
    /// <param name="file">The weights.</param>
    /// <param name="prefix">What stands before the generator's own names.</param>
    /// <exception cref="InvalidDataException">The file does not hold a mask generator; the message names file and tensor.</exception>
    public static GeneratorSettings Read(WeightsFile file, string prefix = "") => new GeneratorSettingsReader(TransformerNames.View(file, prefix), prefix).Read();

    /// <summary>Whether a file holds a mask generator.</summary>
    public static bool IsIn(WeightsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Contains("adaptive_attention_fusion.attn_feat_ffn.0.weight") || file.Metadata.ContainsKey(UniformBlocksKey);
    }

    /// <summary>Whether the file says how the images are normalised; where it does not, <see cref="Read"/> assumes ImageNet's statistics.</summary>
    public static bool NamesStatistics(WeightsFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return file.Metadata.ContainsKey("mean") && file.Metadata.ContainsKey("std");
    }

    /// <summary>The settings as texts, for the metadata of a weights file.</summary>
    public IReadOnlyDictionary<string, string> ToMetadata()
    {
        (string Key, string Text)[] fusion = Uniform is { } uniform
            ? [(UniformBlocksKey, Text(uniform.ClassBlocks))]
            : [("reduction", Text(HeadReduction)), ("feat_reduction", Text(FeatureReduction)), ("pool", Pooling == FeaturePooling.Max ? "max" : "mean")];
        (string Key, string Text)[] all =
        [
            ("num_classes", Text(Classes)),
            ("image_size", Text(ImageSize)),
            ("patch_size", Text(PatchSize)),
            ("embed_dim", Text(Width)),
            ("depth", Text(Depth)),
            (HeadsKey, Text(Heads)),
            .. fusion,
            ("layer_norm_eps", LayerNormEpsilon.ToString("R", CultureInfo.InvariantCulture)),
            ("mean", JsonSerializer.Serialize(Statistics.Mean)),
            ("std", JsonSerializer.Serialize(Statistics.StandardDeviation)),
        ];
        return all.ToDictionary(item => item.Key, item => item.Text);
    }

    /// <summary>Counts the parameters that learn in phase 1.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    public long LearnedParameters()
    {
        using var generator = new WeakTrGenerator(this);
        return generator.LearnedParameters(GeneratorForm.Phase1).Sum(item => item.Parameter.NumberOfElements);
    }

    /// <summary>Checks that a generator of these settings can be built.</summary>
    /// <exception cref="ArgumentException">A value is out of range; the message names it.</exception>
    internal void Validate()
    {
        foreach (var (value, name) in new[]
        {
            (Classes, nameof(Classes)), (ImageSize, nameof(ImageSize)), (PatchSize, nameof(PatchSize)),
            (Width, nameof(Width)), (Depth, nameof(Depth)), (Heads, nameof(Heads)), (HiddenWidth, nameof(HiddenWidth)),
            (HeadReduction, nameof(HeadReduction)), (FeatureReduction, nameof(FeatureReduction)),
        })
        {
            if (value < 1)
                throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");
        }

        if (ImageSize % PatchSize != 0)
            throw new ArgumentException($"The image size {ImageSize} is not a multiple of the patch size {PatchSize}.", nameof(ImageSize));
        if (Width % Heads != 0)
            throw new ArgumentException($"The width {Width} is not a multiple of the {Heads} heads.", nameof(Width));
        if (Uniform is { } uniform && uniform.ClassBlocks > Depth)
            throw new ArgumentException($"{uniform.ClassBlocks} blocks can't count of {Depth}.", nameof(Uniform));
        if (Uniform is null && FeatureHidden < 1)
            throw new ArgumentException($"A feature reduction of {FeatureReduction} leaves nothing of {HeadWidth} channels.", nameof(FeatureReduction));
        if (Uniform is null && HeadHidden < 1)
            throw new ArgumentException($"A head reduction of {HeadReduction} leaves nothing of {Heads * Depth} heads.", nameof(HeadReduction));
        if (!(StochasticDepth >= 0 && StochasticDepth < 1))
            throw new ArgumentOutOfRangeException(nameof(StochasticDepth), StochasticDepth, "The stochastic depth must be in [0, 1).");
        if (!(LayerNormEpsilon > 0))
            throw new ArgumentOutOfRangeException(nameof(LayerNormEpsilon), LayerNormEpsilon, "LayerNorm's constant must be above 0.");
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
