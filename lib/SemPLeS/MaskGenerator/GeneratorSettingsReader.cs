using System.Globalization;
using SemPLeS.Weights;

namespace SemPLeS.MaskGenerator;

/// <summary>Reads a generator's settings from the shapes of its weights.</summary>
internal sealed class GeneratorSettingsReader(WeightsFile file, string prefix) : TransformerSettingsReader(file, prefix, "mask generator")
{
    /// <exception cref="InvalidDataException">The file does not hold a mask generator; the message names file and tensor.</exception>
    public GeneratorSettings Read()
    {
        var (width, side) = Patch("patch_embed.proj.weight");
        var tokens = Shape("cls_token", 3);
        if (Number(GeneratorSettings.UniformBlocksKey) is { } classBlocks && !Contains("adaptive_attention_fusion.attn_feat_ffn.0.weight"))
            return WithUniformFusion(width, side, tokens[1], classBlocks);
        var feature = Shape("adaptive_attention_fusion.attn_feat_ffn.0.weight", 2);
        var heads = Shape("adaptive_attention_fusion.attn_head_ffn.0.weight", 2);
        var depth = Depth("blocks", width);
        var headWidth = feature[1];
        var grid = Grid("pos_embed", tokens[1], "classes");
        if (depth == 0 || width % headWidth != 0 || heads[1] != width / headWidth * depth)
        {
            throw Invalid(
                "adaptive_attention_fusion.attn_head_ffn.0.weight",
                $"{heads[1]} heads are not {depth} blocks of {width} channels with {headWidth} a head");
        }

        var settings = new GeneratorSettings
        {
            Classes = (int)tokens[1],
            PatchSize = side,
            ImageSize = grid * side,
            Width = width,
            Depth = depth,
            Heads = (int)(width / headWidth),
            HiddenWidth = HiddenWidth("blocks.0.mlp.fc1.weight", width),
            HeadReduction = Reduction("reduction", heads[1], heads[0], "adaptive_attention_fusion.attn_head_ffn.0.weight"),
            FeatureReduction = Reduction("feat_reduction", headWidth, feature[0], "adaptive_attention_fusion.attn_feat_ffn.0.weight"),
        };
        return settings with
        {
            Pooling = Pooling(settings.Pooling),
            LayerNormEpsilon = Epsilon(settings.LayerNormEpsilon),
            Statistics = Statistics(settings.Statistics),
        };
    }

    /// <summary>No tensor tells how many heads there are where none is weighed: the metadata do.</summary>
    private GeneratorSettings WithUniformFusion(int width, int side, long classes, int classBlocks)
    {
        var (depth, heads) = (Depth("blocks", width), Number(GeneratorSettings.HeadsKey));
        if (heads is null || width % heads != 0 || classBlocks > depth)
            throw new InvalidDataException($"{File.FilePath}: {heads?.ToString(CultureInfo.InvariantCulture) ?? "no"} heads of {width} channels, and {classBlocks} of {depth} blocks, are not a mask generator's.");
        var settings = new GeneratorSettings
        {
            Classes = (int)classes,
            PatchSize = side,
            ImageSize = Grid("pos_embed", classes, "classes") * side,
            Width = width,
            Depth = depth,
            Heads = heads.Value,
            HiddenWidth = HiddenWidth("blocks.0.mlp.fc1.weight", width),
            Uniform = new UniformFusion(classBlocks),
        };
        return settings with { LayerNormEpsilon = Epsilon(settings.LayerNormEpsilon), Statistics = Statistics(settings.Statistics) };
    }

    /// <summary>
    /// The metadata's reduction; where there is none, the power of two that gives the hidden layer, as published ones do, or else the smallest number.
    /// </summary>
    private int Reduction(string key, long units, long hidden, string name)
    {
        var reduction = 1L;
        while (units / reduction > hidden)
            reduction *= 2;
        if (units / reduction != hidden)
            reduction = units / (hidden + 1) + 1;
        reduction = Number(key) ?? reduction;
        return units / reduction == hidden
            ? (int)reduction
            : throw Invalid(name, $"a reduction of {units} units by {reduction} does not leave {hidden}");
    }

    private FeaturePooling Pooling(FeaturePooling otherwise) => File.Metadata.GetValueOrDefault("pool") switch
    {
        null => otherwise,
        "max" => FeaturePooling.Max,
        "mean" => FeaturePooling.Mean,
        var other => throw new InvalidDataException($"{File.FilePath}: the metadata's pool '{other}' is neither max nor mean."),
    };
}
