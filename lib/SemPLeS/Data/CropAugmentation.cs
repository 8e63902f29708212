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
    private const int Attempts = 10;

    /// <inheritdoc/>
    public override void Apply(RgbImage image, RandomStream random, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        Statistics.Normalise(Resampler.Resize(image, Crop(image.Width, image.Height, random), Size, Size, ResampleFilter.Bicubic), destination);
        if (random.Chance(.5))
            Mirror(destination);
    }

    /// <summary>Draws the part of a picture of this size that is kept.</summary>
    internal CropBox Crop(int width, int height, RandomStream random)
    {
        var bound = Math.Log(LargestRatio);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var area = (double)width * height * random.Uniform(SmallestArea, 1);
            var ratio = Math.Exp(random.Uniform(-bound, bound));
            var (w, h) = ((int)Math.Round(Math.Sqrt(area * ratio)), (int)Math.Round(Math.Sqrt(area / ratio)));
            if (w >= 1 && h >= 1 && w <= width && h <= height)
                return new CropBox(random.Below(width - w + 1), random.Below(height - h + 1), w, h);
        }

        // No part fitted: the largest central one whose ratio is allowed.
        var (largestWidth, largestHeight) = (
            Math.Min(width, (int)Math.Round(height * LargestRatio)),
            Math.Min(height, (int)Math.Round(width * LargestRatio)));
        return new CropBox((width - largestWidth) / 2, (height - largestHeight) / 2, largestWidth, largestHeight);
    }
}
