namespace SemPLeS.Notebooks;

/// <summary>A rectangle of a picture.</summary>
/// <param name="Left">Its first column.</param>
/// <param name="Top">Its first row.</param>
/// <param name="Width">Columns, at least 1.</param>
/// <param name="Height">Rows, at least 1.</param>
public readonly record struct PixelBox(int Left, int Top, int Width, int Height)
{
    /// <summary>The box around the largest region of pixels that touch each other at their sides; null where no pixel belongs to one.</summary>
    /// <param name="isInside">height x width: whether a pixel belongs to a region.</param>
    /// <param name="width">Columns of the picture.</param>
    /// <exception cref="ArgumentException">The pixels are not whole rows.</exception>
    public static PixelBox? AroundLargest(IReadOnlyList<bool> isInside, int width)
    {
        ArgumentNullException.ThrowIfNull(isInside);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (isInside.Count % width != 0)
            throw new ArgumentException($"{isInside.Count} pixels are not whole rows of {width}.", nameof(isInside));
        var (seen, largest) = (new bool[isInside.Count], new List<int>());
        for (var i = 0; i < isInside.Count; i++)
        {
            if (isInside[i] && !seen[i] && Region(isInside, width, i, seen) is var region && region.Count > largest.Count)
                largest = region;
        }

        if (largest.Count == 0)
            return null;
        var (left, top) = (largest.Min(i => i % width), largest.Min(i => i / width));
        return new PixelBox(left, top, largest.Max(i => i % width) - left + 1, largest.Max(i => i / width) - top + 1);
    }

    /// <summary>Places of the box's pixels in the rows of a picture.</summary>
    /// <param name="width">Columns of the picture.</param>
    public IEnumerable<int> Pixels(int width)
    {
        for (var y = Top; y < Top + Height; y++)
        {
            for (var x = Left; x < Left + Width; x++)
                yield return y * width + x;
        }
    }

    private static List<int> Region(IReadOnlyList<bool> isInside, int width, int start, bool[] seen)
    {
        var region = new List<int> { start };
        seen[start] = true;
        for (var next = 0; next < region.Count; next++)
        {
            var i = region[next];
            Visit(i - width);
            Visit(i + width);
            if (i % width > 0)
                Visit(i - 1);
            if (i % width < width - 1)
                Visit(i + 1);
        }

        return region;

        void Visit(int i)
        {
            if (i < 0 || i >= seen.Length || seen[i] || !isInside[i])
                return;
            seen[i] = true;
            region.Add(i);
        }
    }
}
