namespace SemPLeS.Data;

/// <summary>
/// Mean and standard deviation of red, green and blue, for values in 0..1, by which a network's input is normalised. They belong to its weights.
/// </summary>
public sealed record ChannelStatistics
{
    /// <summary>ImageNet's: DeiT, WeakTr, and all of the miniature world.</summary>
    public static ChannelStatistics ImageNet { get; } = new([.485f, .456f, .406f], [.229f, .224f, .225f]);

    /// <summary>Those of CLIP's training pictures (Radford et al., 2021, published code).</summary>
    public static ChannelStatistics Clip { get; } = new([.48145466f, .4578275f, .40821073f], [.26862954f, .26130258f, .27577711f]);

    /// <summary>One half throughout: pixels go to -1..1, as for the ViTs of Steiner et al., 2021.</summary>
    public static ChannelStatistics Half { get; } = new([.5f, .5f, .5f], [.5f, .5f, .5f]);

    /// <summary>Sets both.</summary>
    /// <param name="mean">3 values.</param>
    /// <param name="standardDeviation">3 values above 0.</param>
    /// <exception cref="ArgumentException">There are not 3 values, or a standard deviation is not above 0.</exception>
    public ChannelStatistics(IReadOnlyList<float> mean, IReadOnlyList<float> standardDeviation)
    {
        ArgumentNullException.ThrowIfNull(mean);
        ArgumentNullException.ThrowIfNull(standardDeviation);
        if (mean.Count != 3)
            throw new ArgumentException($"3 means are needed, not {mean.Count}.", nameof(mean));
        if (standardDeviation.Count != 3 || !standardDeviation.All(value => value > 0))
            throw new ArgumentException($"3 deviations above 0 are needed, not {string.Join(' ', standardDeviation)}.", nameof(standardDeviation));
        (Mean, StandardDeviation) = (mean, standardDeviation);
    }

    /// <summary>Means of red, green and blue.</summary>
    public IReadOnlyList<float> Mean { get; }

    /// <summary>Standard deviations of red, green and blue.</summary>
    public IReadOnlyList<float> StandardDeviation { get; }

    /// <summary>Writes (x/255 - mean)/std of every pixel, one channel after the other.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="destination">3 x height x width values.</param>
    /// <exception cref="ArgumentException">The destination does not hold 3 x height x width values.</exception>
    public void Normalise(RgbImage image, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (destination.Length != image.Pixels.Length)
        {
            throw new ArgumentException(
                $"{image.Width}x{image.Height} pixels become {image.Pixels.Length} values, not {destination.Length}.", nameof(destination));
        }

        var area = image.Width * image.Height;
        Span<float> levels = stackalloc float[256];
        for (var channel = 0; channel < 3; channel++)
        {
            for (var level = 0; level < 256; level++)
                levels[level] = (level / 255f - Mean[channel]) / StandardDeviation[channel];
            var plane = destination.Slice(channel * area, area);
            for (var i = 0; i < area; i++)
                plane[i] = levels[image.Pixels[i * 3 + channel]];
        }
    }
}
