using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>What CLIP sees of a picture under a mask.</summary>
public static class MaskedPicture
{
    /// <summary>The picture times the mask: since the mask multiplies the normalised picture, what it hides has the mean colour.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="mask">height x width values in 0..1, row-major.</param>
    /// <param name="statistics">How the picture is normalised.</param>
    /// <exception cref="ArgumentException">The mask is of another size than the picture.</exception>
    public static RgbImage Of(RgbImage image, ReadOnlySpan<float> mask, ChannelStatistics statistics)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(statistics);
        if (mask.Length != image.Width * image.Height)
            throw new ArgumentException($"A mask of {mask.Length} values does not fit a picture of {image.Width}x{image.Height}.", nameof(mask));
        var pixels = new byte[image.Pixels.Length];
        for (var i = 0; i < pixels.Length; i++)
        {
            var (share, mean) = (Math.Clamp(mask[i / 3], 0, 1), 255 * statistics.Mean[i % 3]);
            pixels[i] = (byte)Math.Clamp(Math.Round(mean + share * (image.Pixels[i] - mean)), 0, 255);
        }

        return new RgbImage(image.Width, image.Height, pixels);
    }
}
