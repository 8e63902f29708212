namespace SemPLeS.Data;

/// <summary>
/// A random part of the picture, resized (bicubic) to the input, and mirrored every second time: the geometric half of DeiT's augmentation
/// (Szegedy et al., 2015; drawn as torchvision's RandomResizedCrop draws).
/// </summary>
/// <param name="Size">Rows and columns of the input, in pixels.</param>
/// <param name="Statistics">Mean and standard deviation that belong to the network's weights.</param>
/// <param name="SmallestArea">The part's smallest share of the picture's area, in (0, 1]; the largest is 1.</param>
/// <param name="LargestRatio">The part's largest width over height, at least 1; the smallest is its inverse.</param>
public sealed record CropAugmentation(int Size, ChannelStatistics Statistics, double SmallestArea = .08, double LargestRatio = 4.0 / 3)
    : Augmentation(Size, Statistics)
{
    /// <summary>The part's smallest share of the picture's area, in (0, 1].</summary>
    public double SmallestArea { get; } = SmallestArea is > 0 and <= 1
        ? SmallestArea
        : throw new ArgumentOutOfRangeException(nameof(SmallestArea), SmallestArea, "A share of the area is in (0, 1].");

    /// <summary>The part's largest width over height, at least 1.</summary>
    public double LargestRatio { get; } = LargestRatio >= 1 && double.IsFinite(LargestRatio)
        ? LargestRatio
        : throw new ArgumentOutOfRangeException(nameof(LargestRatio), LargestRatio, "The largest ratio is at least 1.");

    /// <inheritdoc/>
    public override void Apply(RgbImage image, RandomStream random, Span<float> destination)
    {
        Statistics.Normalise(Draw(image, random), destination);
    }

    /// <summary>Draws a part of a picture, resized and perhaps mirrored, before it is normalised.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="random">All that is random about it.</param>
    public RgbImage Draw(RgbImage image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        var part = Resampler.Resize(image, Crop(image.Width, image.Height, random), Size, Size, ResampleFilter.Bicubic);
        if (random.Chance(.5))
            Mirror(part);
        return part;
    }

    /// <summary>Draws the part of a picture that is kept; where no part of the wanted area and ratio fits, it is the largest central one of an allowed ratio.</summary>
    /// <param name="width">The picture's columns, at least 1.</param>
    /// <param name="height">The picture's rows, at least 1.</param>
    /// <param name="random">All that is random about it.</param>
    public CropBox Crop(int width, int height, RandomStream random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(random);
        if (RandomRectangle.Draw((double)width * height, SmallestArea, 1, LargestRatio, (width, height), random) is var (w, h))
            return new CropBox(random.Below(width - w + 1), random.Below(height - h + 1), w, h);

        var (largestWidth, largestHeight) = (
            Math.Min(width, (int)Math.Round(height * LargestRatio)),
            Math.Min(height, (int)Math.Round(width * LargestRatio)));
        return new CropBox((width - largestWidth) / 2, (height - largestHeight) / 2, largestWidth, largestHeight);
    }

    /// <summary>Swaps left and right: the whole row backwards, then each pixel's channels back in order.</summary>
    private static void Mirror(RgbImage image)
    {
        for (var start = 0; start < image.Pixels.Length; start += image.Width * 3)
        {
            var row = image.Pixels.AsSpan(start, image.Width * 3);
            row.Reverse();
            for (var i = 0; i < row.Length; i += 3)
                row.Slice(i, 3).Reverse();
        }
    }
}
