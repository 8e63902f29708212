namespace SemPLeS.Data;

/// <summary>
/// A picture and its mask for segmentation: resized at random around a base size, cropped, mirrored every second time, its colours distorted; where the
/// resized picture is smaller than the crop, right and bottom are 0 after normalisation in the picture and 255 in the mask (WeakTr's online retraining).
/// </summary>
/// <param name="Size">Rows and columns of the crop, in pixels.</param>
/// <param name="Statistics">Mean and standard deviation that belong to the network's weights.</param>
/// <param name="ShortSide">The resized picture's shorter side at scale 1, in pixels.</param>
public sealed record SegmentationAugmentation(int Size, ChannelStatistics Statistics, int ShortSide) : Augmentation(Size, Statistics)
{
    private const int Attempts = 10;

    /// <summary>The resized picture's shorter side at scale 1.</summary>
    public int ShortSide { get; } = ShortSide >= 1 ? ShortSide : throw new ArgumentOutOfRangeException(nameof(ShortSide), ShortSide, "A side has at least 1 pixel.");

    /// <summary>The least scale, above 0.</summary>
    public double SmallestScale { get; init; } = .5;

    /// <summary>The largest scale, at least the least.</summary>
    public double LargestScale { get; init; } = 2;

    /// <summary>
    /// Up to ten crops are drawn until one has two labels at least and none with this share of the labelled pixels; the last is taken as it is. 1 or more takes
    /// the first crop.
    /// </summary>
    public double LargestShare { get; init; } = .75;

    /// <summary>What becomes of the colours; null leaves them.</summary>
    public PhotometricDistortion? Distortion { get; init; } = new();

    /// <summary>Not for pictures without masks.</summary>
    /// <exception cref="NotSupportedException">Always.</exception>
    public override void Apply(RgbImage image, RandomStream random, Span<float> destination) =>
        throw new NotSupportedException("This augmentation needs a mask beside each picture.");

    /// <summary>Prepares one picture and its mask.</summary>
    /// <param name="image">A picture.</param>
    /// <param name="mask">Its mask, of the same size.</param>
    /// <param name="random">All that is random about it.</param>
    /// <param name="pixels">Receives 3 x Size x Size values, one channel after the other.</param>
    /// <param name="labels">Receives Size x Size labels, 255 to be ignored.</param>
    /// <exception cref="ArgumentException">The mask has another size than the picture, or a destination another length.</exception>
    public void Apply(RgbImage image, LabelMap mask, RandomStream random, Span<float> pixels, Span<long> labels)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        ArgumentNullException.ThrowIfNull(random);
        if ((mask.Width, mask.Height) != (image.Width, image.Height))
            throw new ArgumentException($"A mask of {mask.Width}x{mask.Height} pixels does not fit a picture of {image.Width}x{image.Height}.", nameof(mask));
        if (pixels.Length != Length)
            throw new ArgumentException($"{Size}x{Size} pixels become {Length} values, not {pixels.Length}.", nameof(pixels));
        if (labels.Length != Size * Size)
            throw new ArgumentException($"{Size}x{Size} pixels have as many labels, not {labels.Length}.", nameof(labels));

        var side = ShortSide * random.Uniform(SmallestScale, LargestScale) / Math.Min(image.Width, image.Height);
        var (width, height) = (Rounded(image.Width * side), Rounded(image.Height * side));
        var crop = Crop(mask, width, height, random, labels);
        var resized = Resampler.Resize(image, width, height, ResampleFilter.Bilinear);
        var cut = Resampler.Resize(resized, crop, crop.Width, crop.Height, ResampleFilter.Bilinear);
        Distortion?.Apply(cut, random);
        var mirror = random.Chance(.5);
        Place(cut, mirror, pixels);
        if (mirror)
        {
            for (var row = 0; row < crop.Height; row++)
                labels.Slice(row * Size, crop.Width).Reverse();
        }

        static int Rounded(double length) => Math.Max(1, (int)Math.Round(length));
    }

    /// <summary>Draws a part of the resized picture, and fills in its labels.</summary>
    private CropBox Crop(LabelMap mask, int width, int height, RandomStream random, Span<long> labels)
    {
        var (cropWidth, cropHeight) = (Math.Min(Size, width), Math.Min(Size, height));
        CropBox crop;
        var attempt = 0;
        do
        {
            crop = new CropBox(random.Below(width - cropWidth + 1), random.Below(height - cropHeight + 1), cropWidth, cropHeight);
            Label(mask, width, height, crop, labels);
        }
        while (++attempt < Attempts && LargestShare < 1 && !IsVaried(labels));
        return crop;
    }

    /// <summary>The nearest label of each pixel of a part of the mask, resized.</summary>
    private void Label(LabelMap mask, int width, int height, CropBox crop, Span<long> labels)
    {
        labels.Fill(LabelMap.Ignore);
        Span<int> columns = crop.Width <= 1024 ? stackalloc int[crop.Width] : new int[crop.Width];
        for (var x = 0; x < crop.Width; x++)
            columns[x] = Nearest(crop.Left + x, width, mask.Width);
        for (var y = 0; y < crop.Height; y++)
        {
            var row = mask.Labels.AsSpan(Nearest(crop.Top + y, height, mask.Height) * mask.Width, mask.Width);
            var destination = labels.Slice(y * Size, crop.Width);
            for (var x = 0; x < columns.Length; x++)
                destination[x] = row[columns[x]];
        }

        static int Nearest(int pixel, int newLength, int length) => (int)Math.Min((2L * pixel + 1) * length / (2L * newLength), length - 1);
    }

    private bool IsVaried(ReadOnlySpan<long> labels)
    {
        Span<int> counts = stackalloc int[256];
        foreach (var label in labels)
            counts[(int)label]++;
        var (most, all, kinds) = (0, 0, 0);
        foreach (var count in counts[..LabelMap.Ignore])
        {
            (most, all) = (Math.Max(most, count), all + count);
            kinds += count > 0 ? 1 : 0;
        }

        return kinds > 1 && most < LargestShare * all;
    }

    private void Place(RgbImage cut, bool mirror, Span<float> pixels)
    {
        var values = new float[cut.Pixels.Length];
        Statistics.Normalise(cut, values);
        pixels.Clear();
        for (var channel = 0; channel < 3; channel++)
        {
            for (var row = 0; row < cut.Height; row++)
            {
                var placed = pixels.Slice((channel * Size + row) * Size, cut.Width);
                values.AsSpan((channel * cut.Height + row) * cut.Width, cut.Width).CopyTo(placed);
                if (mirror)
                    placed.Reverse();
            }
        }
    }
}
