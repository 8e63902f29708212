using System.Globalization;
using System.Text.Json;
using SemPLeS.Weights;

namespace SemPLeS.MaskGenerator;

/// <summary>Reads a generator's settings from the shapes of its weights.</summary>
internal sealed class GeneratorSettingsReader(SafetensorsFile file, string prefix)
{
    /// <exception cref="InvalidDataException">The file does not hold a mask generator; the message names file and tensor.</exception>
    public GeneratorSettings Read()
    {
        var patch = Shape("patch_embed.proj.weight", 4);
        var tokens = Shape("cls_token", 3);
        var positions = Shape("pos_embed", 3);
        var feature = Shape("adaptive_attention_fusion.attn_feat_ffn.0.weight", 2);
        var heads = Shape("adaptive_attention_fusion.attn_head_ffn.0.weight", 2);
        var depth = 0;
        while (file.Contains($"{prefix}blocks.{depth}.attn.qkv.weight"))
            depth++;

        var (width, headWidth) = (patch[0], feature[1]);
        var grid = (long)Math.Round(Math.Sqrt(Math.Max(positions[1] - tokens[1], 0)));
        if (grid < 1 || grid * grid != positions[1] - tokens[1])
            throw Invalid("pos_embed", $"{positions[1]} positions are not {tokens[1]} classes and a square grid");
        if (depth == 0 || width % headWidth != 0 || heads[1] != width / headWidth * depth)
        {
            throw Invalid(
                "adaptive_attention_fusion.attn_head_ffn.0.weight",
                $"{heads[1]} heads are not {depth} blocks of {width} channels with {headWidth} a head");
        }

        var settings = new GeneratorSettings
        {
            Classes = (int)tokens[1],
            PatchSize = (int)patch[2],
            ImageSize = (int)(grid * patch[2]),
            Width = (int)width,
            Depth = depth,
            Heads = (int)(width / headWidth),
            HiddenWidth = (int)Shape("blocks.0.mlp.fc1.weight", 2)[0],
            HeadReduction = Reduction("reduction", heads[1], heads[0], "adaptive_attention_fusion.attn_head_ffn.0.weight"),
            FeatureReduction = Reduction("feat_reduction", headWidth, feature[0], "adaptive_attention_fusion.attn_feat_ffn.0.weight"),
        };
        return settings with
        {
            Pooling = Pooling(settings.Pooling),
            LayerNormEpsilon = Epsilon(settings.LayerNormEpsilon),
            Statistics = new(Triple("mean", float.NegativeInfinity) ?? settings.Statistics.Mean, Triple("std", 0) ?? settings.Statistics.StandardDeviation),
        };
    }

    private IReadOnlyList<long> Shape(string name, int dimensions)
    {
        var shape = file.Entry(prefix + name).Shape;
        if (shape.Count != dimensions || shape.Any(size => size is < 1 or > int.MaxValue))
            throw Invalid(name, $"[{string.Join(", ", shape)}] is not the shape of a mask generator's");
        return shape;
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
        if (file.Metadata.TryGetValue(key, out var text))
        {
            if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out reduction) || reduction is < 1 or > int.MaxValue)
                throw new InvalidDataException($"{file.FilePath}: the metadata's {key} '{text}' is not a whole number of at least 1.");
        }

        return units / reduction == hidden
            ? (int)reduction
            : throw Invalid(name, $"a reduction of {units} units by {reduction} does not leave {hidden}");
    }

    private FeaturePooling Pooling(FeaturePooling otherwise) => file.Metadata.GetValueOrDefault("pool") switch
    {
        null => otherwise,
        "max" => FeaturePooling.Max,
        "mean" => FeaturePooling.Mean,
        var other => throw new InvalidDataException($"{file.FilePath}: the metadata's pool '{other}' is neither max nor mean."),
    };

    private double Epsilon(double otherwise)
    {
        if (!file.Metadata.TryGetValue("layer_norm_eps", out var text))
            return otherwise;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw new InvalidDataException($"{file.FilePath}: the metadata's layer_norm_eps '{text}' is not a number above 0.");
    }

    /// <summary>Red, green and blue: a JSON list, or one number for all three; null where the metadata have none.</summary>
    private float[]? Triple(string key, float above)
    {
        if (!file.Metadata.TryGetValue(key, out var text))
            return null;
        try
        {
            float[]? values = float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var single)
                ? [single, single, single]
                : JsonSerializer.Deserialize<float[]>(text);
            return values is { Length: 3 } && values.All(value => value > above) ? values : throw Invalid();
        }
        catch (JsonException error)
        {
            throw Invalid(error);
        }

        InvalidDataException Invalid(Exception? inner = null) =>
            new($"{file.FilePath}: the metadata's {key} '{text}' is neither a number nor a list of three, or out of range.", inner);
    }

    private InvalidDataException Invalid(string name, string what) => new($"{file.FilePath}, tensor '{prefix}{name}': {what}.");
}
