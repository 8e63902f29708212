using System.Globalization;

namespace SemPLeS.Data;

/// <summary>Every n-th picture of a set: one of n parts that have no picture in common and together have all.</summary>
public sealed class ImageShard : ILabelledImages
{
    /// <summary>Takes a part.</summary>
    /// <param name="source">The whole set.</param>
    /// <param name="part">Which part, from 1.</param>
    /// <param name="parts">How many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part, or it would be empty.</exception>
    public ImageShard(ILabelledImages source, int part, int parts)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfLessThan(part, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(part, parts);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(parts, source.Count);
        (Source, Part, Parts) = (source, part, parts);
        Count = (source.Count - part + parts) / parts;
    }

    /// <summary>The whole set.</summary>
    public ILabelledImages Source { get; }

    /// <summary>Which part, from 1.</summary>
    public int Part { get; }

    /// <summary>How many parts there are.</summary>
    public int Parts { get; }

    /// <inheritdoc/>
    public int Count { get; }

    /// <inheritdoc/>
    public int ClassCount => Source.ClassCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => Source.ClassNames;

    /// <inheritdoc/>
    public bool HasTruth => Source.HasTruth;

    /// <summary>Where a picture stands in the whole set.</summary>
    /// <param name="index">Its place in this part, from 0.</param>
    public int IndexInSource(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Part - 1 + (index * Parts);
    }

    /// <inheritdoc/>
    public string Id(int index) => Source.Id(IndexInSource(index));

    /// <inheritdoc/>
    public RgbImage Image(int index) => Source.Image(IndexInSource(index));

    /// <inheritdoc/>
    public (int Width, int Height) Size(int index) => Source.Size(IndexInSource(index));

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels(int index) => Source.Labels(IndexInSource(index));

    /// <inheritdoc/>
    public LabelMap Truth(int index) => Source.Truth(IndexInSource(index));

    /// <summary>Reads "3/8".</summary>
    /// <param name="text">The text.</param>
    /// <returns>Part and number of parts; null where the text is not such.</returns>
    public static (int Part, int Parts)? Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var part, var parts]
            && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var one)
            && int.TryParse(parts, NumberStyles.None, CultureInfo.InvariantCulture, out var all)
            && one >= 1 && one <= all ? (one, all) : null;
    }
}
