namespace SemPLeS.Data;

/// <summary>A class index for each pixel: 0 background, class + 1 otherwise, 255 to be ignored.</summary>
public sealed record LabelMap
{
    /// <summary>The value of pixels that no score counts.</summary>
    public const byte Ignore = 255;

    /// <summary>Wraps labels without copying them.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="labels">height x width class indices, rows from the top.</param>
    /// <exception cref="ArgumentException">The array's length is not height x width.</exception>
    public LabelMap(int width, int height, byte[] labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Length != (long)width * height)
            throw new ArgumentException($"{width}x{height} labels need {(long)width * height} bytes, not {labels.Length}.", nameof(labels));
        (Width, Height, Labels) = (width, height, labels);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>height x width class indices.</summary>
    public byte[] Labels { get; }

    /// <summary>The labels of a picture's own classes as the data set's: 0 stays, i becomes the class in place i - 1, plus 1; what is to be ignored stays.</summary>
    /// <param name="classes">The picture's classes from 0, in the order of its labels.</param>
    internal LabelMap Renamed(IReadOnlyList<int> classes) =>
        new(Width, Height, [.. Labels.Select(label => label is 0 or Ignore ? label : checked((byte)(classes[label - 1] + 1)))]);
}
