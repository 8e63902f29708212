using System.Globalization;
using System.Text.Json;
using SemPLeS.Data;
using SemPLeS.Weights;

namespace SemPLeS.MaskGenerator;

/// <summary>Reads a vision transformer's settings from the shapes of its weights and the metadata of their file.</summary>
/// <param name="file">The weights.</param>
/// <param name="prefix">What stands before the network's own names.</param>
/// <param name="network">What the network is called in messages.</param>
internal abstract class TransformerSettingsReader(WeightsFile file, string prefix, string network)
{
    /// <summary>The weights.</summary>
    protected WeightsFile File => file;

    /// <summary>A tensor's shape.</summary>
    /// <exception cref="InvalidDataException">It is missing or has another number of dimensions.</exception>
    protected IReadOnlyList<long> Shape(string name, int dimensions)
    {
        var shape = file.Entry(prefix + name).Shape;
        if (shape.Count != dimensions || shape.Any(size => size is < 1 or > int.MaxValue))
            throw Invalid(name, $"[{string.Join(", ", shape)}] is not the shape of a {network}'s");
        return shape;
    }

    /// <summary>Whether the file has a tensor.</summary>
    protected bool Contains(string name) => file.Contains(prefix + name);

    /// <summary>How many blocks there are under a name.</summary>
    /// <exception cref="InvalidDataException">One is of another width: a network of such sizes would take more memory than the file holds.</exception>
    protected int Depth(string blocks, long width)
    {
        var depth = 0;
        for (var name = Name(0); Contains(name); name = Name(++depth))
        {
            if (Shape(name, 2) is not [var outputs, var inputs] || outputs != 3 * width || inputs != width)
                throw Invalid(name, $"[{string.Join(", ", Shape(name, 2))}] is not the shape of a block of {width} channels");
        }

        return depth;

        string Name(int block) => $"{blocks}.{block}.attn.qkv.weight";
    }

    /// <summary>Channels, and side of a patch.</summary>
    /// <exception cref="InvalidDataException">The patches are no squares of three colours.</exception>
    protected (int Width, int Side) Patch(string name) => Shape(name, 4) is [var width, 3, var rows, var columns] && rows == columns
        ? ((int)width, (int)rows)
        : throw Invalid(name, $"[{string.Join(", ", Shape(name, 4))}] is not the shape of a patch embedding");

    /// <summary>Channels of the blocks' hidden layer.</summary>
    /// <exception cref="InvalidDataException">Its input is of another width.</exception>
    protected int HiddenWidth(string name, long width) =>
        Shape(name, 2) is [var hidden, var inputs] && inputs == width ? (int)hidden : throw Invalid(name, $"its inputs are not the {width} channels of a block");

    /// <summary>Side of the square grid of the patches' positions, which come after those of <paramref name="tokens"/> others.</summary>
    /// <exception cref="InvalidDataException">They are no square.</exception>
    protected int Grid(string positions, long tokens, string tokenNames)
    {
        var count = Shape(positions, 3)[1];
        var grid = (int)Math.Round(Math.Sqrt(Math.Max(count - tokens, 0)));
        return grid >= 1 && (long)grid * grid == count - tokens
            ? grid
            : throw Invalid(positions, $"{count} positions are not {tokens} {tokenNames} and a square grid");
    }

    /// <summary>A whole number of the metadata, of at least 1; null where they have none under this key.</summary>
    protected int? Number(string key)
    {
        if (!file.Metadata.TryGetValue(key, out var text))
            return null;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value >= 1
            ? value
            : throw new InvalidDataException($"{file.FilePath}: the metadata's {key} '{text}' is not a whole number of at least 1.");
    }

    /// <summary>What LayerNorm adds to the variance.</summary>
    protected double Epsilon(double otherwise)
    {
        if (!file.Metadata.TryGetValue("layer_norm_eps", out var text))
            return otherwise;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value > 0
            ? value
            : throw new InvalidDataException($"{file.FilePath}: the metadata's layer_norm_eps '{text}' is not a number above 0.");
    }

    /// <summary>How the images are normalised.</summary>
    protected ChannelStatistics Statistics(ChannelStatistics otherwise) =>
        new(Triple("mean", float.NegativeInfinity) ?? otherwise.Mean, Triple("std", 0) ?? otherwise.StandardDeviation);

    /// <summary>The error that a tensor is not what it should be.</summary>
    protected InvalidDataException Invalid(string name, string what) => new($"{file.FilePath}, tensor '{prefix}{name}': {what}.");

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
}
