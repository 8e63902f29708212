using System.Globalization;
using System.Text.Json;
using SemPLeS.Data;
using SemPLeS.Weights;

namespace SemPLeS.Clip;

/// <summary>Reads a CLIP's settings from the shapes of its weights.</summary>
internal sealed class ClipSettingsReader(WeightsFile file, string prefix)
{
    private const int UsualHeadWidth = 64;

    // A file that holds other networks too marks the metadata of each with its name.
    private readonly string _keyPrefix = file.Metadata.Keys.Any(key => key.StartsWith(KeyPrefix(prefix), StringComparison.Ordinal)) ? KeyPrefix(prefix) : "";

    /// <exception cref="InvalidDataException">The file does not hold a CLIP with a vision transformer; the message names file and tensor.</exception>
    public ClipSettings Read()
    {
        var patch = Shape("visual.conv1.weight", 4);
        var positions = Shape("visual.positional_embedding", 2);
        var projection = Shape("visual.proj", 2);
        var tokens = Shape("token_embedding.weight", 2);
        var grid = (int)Math.Round(Math.Sqrt(positions[0] - 1));
        if (patch[1] != 3 || patch[2] != patch[3])
            throw Invalid("visual.conv1.weight", $"[{string.Join(", ", patch)}] is not the shape of a patch embedding");
        if (grid < 1 || (long)grid * grid != positions[0] - 1)
            throw Invalid("visual.positional_embedding", $"{positions[0]} positions are not a class token's and a square grid's");

        var defaults = new ClipSettings();
        return new ClipSettings
        {
            PatchSize = patch[3],
            ImageSize = grid * patch[3],
            VisionWidth = patch[0],
            VisionLayers = Layers("visual.transformer", patch[0]),
            VisionHeads = Heads("vision_heads", patch[0]),
            TextWidth = tokens[1],
            TextLayers = Layers("transformer", tokens[1]),
            TextHeads = Heads("transformer_heads", tokens[1]),
            EmbeddingSize = projection[1],
            ContextLength = Shape("positional_embedding", 2)[0],
            VocabularySize = tokens[0],
            Activation = Activation(defaults.Activation),
            LayerNormEpsilon = Epsilon(defaults.LayerNormEpsilon),
            Statistics = Statistics(defaults.Statistics),
        };
    }

    private int[] Shape(string name, int dimensions)
    {
        var shape = file.Entry(prefix + name).Shape;
        if (shape.Count != dimensions || shape.Any(size => size is < 1 or > int.MaxValue))
            throw Invalid(name, $"[{string.Join(", ", shape)}] is not the shape of a CLIP's");
        return [.. shape.Select(size => (int)size)];
    }

    private int Layers(string transformer, int width)
    {
        var layers = 0;
        for (var name = Name(0); layers == 0 || file.Contains(prefix + name); name = Name(++layers))
        {
            // A network of other sizes than these would take more memory than the file holds.
            if (Shape(name, 2) is not [var outputs, var inputs] || outputs != 3L * width || inputs != width)
                throw Invalid(name, $"[{string.Join(", ", Shape(name, 2))}] is not the shape of a block of {width} channels");
        }

        return layers;

        string Name(int block) => $"{transformer}.resblocks.{block}.attn.in_proj_weight";
    }

    private int Heads(string key, int width)
    {
        if (Metadata(key) is not { } text)
            return Math.Max(1, width / UsualHeadWidth);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var heads) && heads > 0 && width % heads == 0
            ? heads
            : throw Unusable(key, text, $"a divisor of the width {width}");
    }

    private ClipActivation Activation(ClipActivation otherwise) => Metadata("activation") switch
    {
        null => otherwise,
        "quick_gelu" => ClipActivation.QuickGelu,
        "gelu" => ClipActivation.Gelu,
        var other => throw Unusable("activation", other, "quick_gelu or gelu"),
    };

    private double Epsilon(double otherwise)
    {
        if (Metadata("layer_norm_eps") is not { } text)
            return otherwise;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw Unusable("layer_norm_eps", text, "a number above 0");
    }

    private ChannelStatistics Statistics(ChannelStatistics otherwise)
    {
        if (Metadata("mean") is not { } mean || Metadata("std") is not { } deviation)
            return otherwise;
        try
        {
            return new ChannelStatistics(JsonSerializer.Deserialize<float[]>(mean)!, JsonSerializer.Deserialize<float[]>(deviation)!);
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{file.FilePath}: the metadata's mean '{mean}' and std '{deviation}' are not lists of three numbers.", error);
        }
    }

    private static string KeyPrefix(string prefix) => prefix.Length > 0 ? prefix.TrimEnd('.') + "_" : "";

    private string? Metadata(string key) => file.Metadata.GetValueOrDefault(_keyPrefix + key);

    private InvalidDataException Unusable(string key, string text, string expected) =>
        new($"{file.FilePath}: the metadata's {_keyPrefix}{key} '{text}' is not {expected}.");

    private InvalidDataException Invalid(string name, string what) => new($"{file.FilePath}, tensor '{prefix}{name}': {what}.");
}
