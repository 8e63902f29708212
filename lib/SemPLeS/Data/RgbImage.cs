namespace SemPLeS.Data;

/// <summary>An 8-bit colour picture in memory: rows from the top, pixels from the left, red, green and blue next to each other.</summary>
public sealed record RgbImage
{
    /// <summary>Wraps pixels without copying them.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="pixels">height x width x 3 values in 0..255.</param>
    /// <exception cref="ArgumentException">The array's length is not height x width x 3.</exception>
    public RgbImage(int width, int height, byte[] pixels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(pixels);
        if (pixels.Length != (long)width * height * 3)
            throw new ArgumentException($"{width}x{height} RGB pixels need {(long)width * height * 3} bytes, not {pixels.Length}.", nameof(pixels));
        (Width, Height, Pixels) = (width, height, pixels);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>height x width x 3 values in 0..255.</summary>
    public byte[] Pixels { get; }
}
