using System.Text.Json;

namespace SemPLeS.Data.Coco;

/// <summary>
/// The pixels of an object, or of one part of it, as MS COCO's own tools have them: pixels are counted down the columns, and <see cref="Changes"/> are the positions at
/// which outside and inside take turns, beginning outside.
/// </summary>
/// <param name="Changes">Positions column x height + row in ascending order, each between 0 and width x height.</param>
public sealed record CocoOutline(IReadOnlyList<int> Changes)
{
    private const int SmallestPolygon = 6;
    private const double FarthestCorner = 1e5;

    /// <summary>Reads a "segmentation": a list of polygons, one for each part, or run lengths, compressed or not.</summary>
    /// <param name="json">The value.</param>
    /// <param name="width">The picture's pixels in a row.</param>
    /// <param name="height">Its rows.</param>
    /// <exception cref="JsonException">It is neither.</exception>
    /// <exception cref="FormatException">A value has another form, or the run lengths those of a picture of another size.</exception>
    /// <exception cref="InvalidOperationException">A value has another type.</exception>
    public static IReadOnlyList<CocoOutline> Parse(ReadOnlySpan<byte> json, int width, int height)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var reader = new Utf8JsonReader(json);
        using var document = JsonDocument.ParseValue(ref reader);
        var root = document.RootElement;
        return root.ValueKind switch
        {
            JsonValueKind.Array => [.. root.EnumerateArray().Select(polygon => FromPolygon([.. polygon.EnumerateArray().Select(number => number.GetDouble())], width, height))],
            JsonValueKind.Object => [FromRunLengths(root, width, height)],
            _ => throw new JsonException($"It is a {root.ValueKind}, neither polygons nor run lengths."),
        };
    }

    /// <summary>The inside of a polygon.</summary>
    /// <param name="corners">x and y of each corner in turn, in pixels from the top left; three corners at least.</param>
    /// <param name="width">The picture's pixels in a row.</param>
    /// <param name="height">Its rows.</param>
    /// <exception cref="FormatException">These are no three corners, or one is farther away than 100,000 pixels.</exception>
    public static CocoOutline FromPolygon(ReadOnlySpan<double> corners, int width, int height)
    {
        if (corners.Length < SmallestPolygon || corners.Length % 2 != 0)
            throw new FormatException($"A polygon of {corners.Length} numbers has no three corners.");
        foreach (var coordinate in corners)
        {
            if (!(Math.Abs(coordinate) <= FarthestCorner))
                throw new FormatException(FormattableString.Invariant($"A polygon has a corner at {coordinate}."));
        }

        return new CocoOutline(CocoPolygon.Changes(corners, width, height));
    }

    /// <summary>The inside of alternating run lengths, beginning outside.</summary>
    /// <param name="counts">Pixels of each run, which together fill the picture.</param>
    /// <param name="width">The picture's pixels in a row.</param>
    /// <param name="height">Its rows.</param>
    /// <exception cref="FormatException">They don't fill it.</exception>
    public static CocoOutline FromRunLengths(IEnumerable<long> counts, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var changes = new List<int>();
        var position = 0L;
        foreach (var count in counts)
        {
            position += count;
            if (count < 0 || position > (long)width * height)
                throw new FormatException($"Its run lengths go beyond {width}x{height} pixels.");
            changes.Add((int)position);
        }

        return position == (long)width * height ? new CocoOutline(changes) : throw new FormatException($"Its run lengths end after {position} of {width}x{height} pixels.");
    }

    /// <summary>Gives a label to the pixels inside.</summary>
    /// <param name="map">The picture of the size that the outline was made for.</param>
    /// <param name="label">The label.</param>
    public void Paint(LabelMap map, byte label)
    {
        ArgumentNullException.ThrowIfNull(map);
        for (var i = 0; i + 1 < Changes.Count; i += 2)
        {
            for (var position = Changes[i]; position < Changes[i + 1]; position++)
                map.Labels[position % map.Height * map.Width + position / map.Height] = label;
        }
    }

    private static CocoOutline FromRunLengths(JsonElement value, int width, int height)
    {
        var size = value.TryGetProperty("size", out var sizes) ? sizes.EnumerateArray().Select(number => number.GetInt32()).ToArray() : [];
        if (size is not [var rows, var columns] || (columns, rows) != (width, height))
            throw new FormatException($"Its size is {string.Join('x', size.Reverse())}, its picture's {width}x{height}.");
        if (!value.TryGetProperty("counts", out var counts))
            throw new JsonException("It has no run lengths.");
        return counts.ValueKind == JsonValueKind.String
            ? FromRunLengths(Decompress(counts.GetString()!), width, height)
            : FromRunLengths(counts.EnumerateArray().Select(number => number.GetInt64()), width, height);
    }

    /// <summary>
    /// Run lengths as text: five bits a character, lowest first, the sixth says that more follow; the highest bit of the last character is the sign. From the fourth
    /// run on they are differences to the last but one.
    /// </summary>
    private static List<long> Decompress(string text)
    {
        const int first = 48;
        const int bits = 5;
        const int more = 1 << bits;
        const int sign = more >> 1;
        var counts = new List<long>();
        var (value, shift) = (0L, 0);
        foreach (var letter in text)
        {
            var code = letter - first;
            if (code is < 0 or >= 2 * more || shift > 30)
                throw new FormatException($"'{letter}' has no place in compressed run lengths.");
            value |= (long)(code & (more - 1)) << shift;
            shift += bits;
            if ((code & more) != 0)
                continue;
            if ((code & sign) != 0)
                value |= -1L << shift;
            counts.Add(counts.Count > 2 ? value + counts[^2] : value);
            (value, shift) = (0, 0);
        }

        return shift == 0 ? counts : throw new FormatException("The compressed run lengths break off.");
    }
}
