namespace SemPLeS.Data;

/// <summary>
/// DeiT's augmentation (Touvron et al., 2021), with which phase 1 and stages a and c train on photographs: a random part resized (bicubic), mirrored every second time,
/// RandAugment, normalised, and a rectangle erased every fourth time.
/// </summary>
/// <param name="Size">Rows and columns of the input, in pixels.</param>
/// <param name="Statistics">Mean and standard deviation that belong to the network's weights.</param>
public sealed record DeiTAugmentation(int Size, ChannelStatistics Statistics) : Augmentation(Size, Statistics)
{
    /// <summary>Which part of a picture is seen, and mirrored.</summary>
    public CropAugmentation Crop { get; } = new(Size, Statistics);

    /// <summary>What becomes of its colours and its shape.</summary>
    public RandAugment Changes { get; init; } = new();

    /// <summary>What is erased.</summary>
    public RandomErasing Erasing { get; init; } = new();

    /// <inheritdoc/>
    public override void Apply(RgbImage image, RandomStream random, Span<float> destination)
    {
        Statistics.Normalise(Changes.Apply(Crop.Draw(image, random), random), destination);
        Erasing.Apply(destination, Size, random);
    }
}
