namespace SemPLeS.Data;

/// <summary>Changes of a picture's colours and sharpness, to the bit as Pillow 9.4 makes them (ImageOps and ImageEnhance).</summary>
internal static class PictureAdjustments
{
    private const int Levels = 256;
    private const int Highest = Levels - 1;

    /// <summary>Stretches each channel to the whole range.</summary>
    public static RgbImage AutoContrast(RgbImage image) => ByHistogram(image, counts =>
    {
        var (low, high) = (Array.FindIndex(counts, count => count > 0), Array.FindLastIndex(counts, count => count > 0));
        if (high <= low)
            return level => level;
        var scale = (double)Highest / (high - low);
        return level => (int)(level * scale + -low * scale);
    });

    /// <summary>Spreads each channel's values evenly over the range.</summary>
    public static RgbImage Equalize(RgbImage image) => ByHistogram(image, counts =>
    {
        var step = (counts.Sum() - counts.Last(count => count > 0)) / Highest;
        if (step == 0)
            return level => level;
        var below = new int[Levels];
        for (var level = 1; level < Levels; level++)
            below[level] = below[level - 1] + counts[level - 1];
        return level => (step / 2 + below[level]) / step;
    });

    /// <summary>255 less each value.</summary>
    public static RgbImage Invert(RgbImage image) => ByLevel(image, level => Highest - level);

    /// <summary>Keeps the highest bits of each value.</summary>
    public static RgbImage Posterize(RgbImage image, int bits) => ByLevel(image, level => level & ~((1 << 8 - bits) - 1));

    /// <summary>Inverts the values that are not below a threshold.</summary>
    public static RgbImage Solarize(RgbImage image, int threshold) => ByLevel(image, level => level < threshold ? level : Highest - level);

    /// <summary>Adds to the values of the lower half.</summary>
    public static RgbImage SolarizeAdd(RgbImage image, int addition) => ByLevel(image, level => level < Levels / 2 ? level + addition : level);

    /// <summary>Between the grey picture (0), itself (1) and more colour than it has.</summary>
    public static RgbImage Color(RgbImage image, double factor) => Blend(image, factor, (i, _) => Grey(image, i));

    /// <summary>Between its mean grey (0), itself (1) and more contrast than it has.</summary>
    public static RgbImage Contrast(RgbImage image, double factor)
    {
        var count = image.Width * image.Height;
        var sum = 0L;
        for (var i = 0; i < count; i++)
            sum += Grey(image, i);
        var mean = (int)((double)sum / count + .5);
        return Blend(image, factor, (_, _) => mean);
    }

    /// <summary>Between black (0), itself (1) and more light than it has.</summary>
    public static RgbImage Brightness(RgbImage image, double factor) => Blend(image, factor, (_, _) => 0);

    /// <summary>Between a smoothed picture (0), itself (1) and a sharper one. The outermost pixels are left as they are.</summary>
    public static RgbImage Sharpness(RgbImage image, double factor) => Blend(image, factor, (i, channel) => Smooth(image, i, channel));

    private static RgbImage ByHistogram(RgbImage image, Func<int[], Func<int, int>> change)
    {
        var tables = new byte[3][];
        for (var channel = 0; channel < 3; channel++)
        {
            var counts = new int[Levels];
            for (var i = channel; i < image.Pixels.Length; i += 3)
                counts[image.Pixels[i]]++;
            tables[channel] = Table(change(counts));
        }

        var pixels = new byte[image.Pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i] = tables[i % 3][image.Pixels[i]];
        return new RgbImage(image.Width, image.Height, pixels);
    }

    private static RgbImage ByLevel(RgbImage image, Func<int, int> change)
    {
        var table = Table(change);
        return new RgbImage(image.Width, image.Height, Array.ConvertAll(image.Pixels, value => table[value]));
    }

    private static byte[] Table(Func<int, int> change)
    {
        var table = new byte[Levels];
        for (var level = 0; level < Levels; level++)
            table[level] = (byte)Math.Clamp(change(level), 0, Highest);
        return table;
    }

    /// <summary>other + factor (picture - other), in single precision and cut off to whole numbers.</summary>
    private static RgbImage Blend(RgbImage image, double factor, Func<int, int, int> other)
    {
        var pixels = new byte[image.Pixels.Length];
        var share = (float)factor;
        for (var i = 0; i < pixels.Length; i++)
        {
            var from = other(i / 3, i % 3);
            pixels[i] = (byte)Math.Clamp(from + share * (image.Pixels[i] - from), 0, Highest);
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }

    /// <summary>ITU-R 601-2 luma in 16 bits of fraction.</summary>
    private static int Grey(RgbImage image, int pixel)
    {
        var rgb = image.Pixels.AsSpan(pixel * 3, 3);
        return (rgb[0] * 19595 + rgb[1] * 38470 + rgb[2] * 7471 + 0x8000) >> 16;
    }

    /// <summary>The mean of the pixel, five times, and its eight neighbours, rounded.</summary>
    private static int Smooth(RgbImage image, int pixel, int channel)
    {
        const int weight = 13;
        const int extraOfCentre = 4;
        var (x, y) = (pixel % image.Width, pixel / image.Width);
        var centre = pixel * 3 + channel;
        if (x == 0 || y == 0 || x == image.Width - 1 || y == image.Height - 1)
            return image.Pixels[centre];
        var sum = extraOfCentre * image.Pixels[centre];
        for (var row = -1; row <= 1; row++)
        {
            var middle = centre + row * image.Width * 3;
            sum += image.Pixels[middle - 3] + image.Pixels[middle] + image.Pixels[middle + 3];
        }

        return (2 * sum + weight) / (2 * weight);
    }
}
