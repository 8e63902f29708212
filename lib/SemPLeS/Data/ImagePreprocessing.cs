namespace SemPLeS.Data;

/// <summary>
/// What CLIP and ImageNet networks see of a picture when they are tested: the shorter side resized (bicubic), the centre cut out, channels
/// normalised.
/// </summary>
/// <param name="Size">Rows and columns of the result, in pixels, at least 1.</param>
/// <param name="Statistics">Mean and standard deviation that belong to the network's weights.</param>
public sealed record ImagePreprocessing(int Size, ChannelStatistics Statistics)
{
    /// <summary>OpenAI's preprocessing for CLIP ViT-B/32: 224 pixels, CLIP's own statistics.</summary>
    public static ImagePreprocessing Clip { get; } = new(224, ChannelStatistics.Clip);

    /// <summary>Prepares a picture.</summary>
    /// <param name="image">A picture of any size.</param>
    /// <returns>3 x Size x Size values, one channel after the other.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="Size"/> is below 1.</exception>
    public float[] Apply(RgbImage image)
    {
        var cut = ResizeAndCut(image);
        var values = new float[cut.Pixels.Length];
        Statistics.Normalise(cut, values);
        return values;
    }

    /// <summary>Resizes the shorter side to <see cref="Size"/>, the longer one in proportion and rounded down, and cuts out the centre.</summary>
    /// <param name="image">A picture of any size.</param>
    /// <returns>A picture of Size x Size pixels.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><see cref="Size"/> is below 1.</exception>
    public RgbImage ResizeAndCut(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(Size, 1);
        var shorter = Math.Min(image.Width, image.Height);
        var resized = Resampler.Resize(
            image, (int)((long)Size * image.Width / shorter), (int)((long)Size * image.Height / shorter), ResampleFilter.Bicubic);
        var centre = new CropBox(HalfToEven(resized.Width - Size), HalfToEven(resized.Height - Size), Size, Size);
        return Resampler.Resize(resized, centre, Size, Size, ResampleFilter.Bicubic);
    }

    private static int HalfToEven(int excess) => (int)Math.Round(excess / 2.0, MidpointRounding.ToEven);
}
