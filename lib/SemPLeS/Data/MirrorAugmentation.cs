namespace SemPLeS.Data;

/// <summary>Mirrors every second picture; for pictures that have the input's size already.</summary>
/// <param name="Size">Rows and columns of picture and input, in pixels.</param>
/// <param name="Statistics">Mean and standard deviation that belong to the network's weights.</param>
public sealed record MirrorAugmentation(int Size, ChannelStatistics Statistics) : Augmentation(Size, Statistics)
{
    /// <inheritdoc/>
    public override void Apply(RgbImage image, RandomStream random, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        if (image.Width != Size || image.Height != Size)
            throw new ArgumentException($"A picture of {image.Width}x{image.Height} pixels is not {Size}x{Size}.", nameof(image));
        Statistics.Normalise(image, destination);
        if (!random.Chance(.5))
            return;
        for (var row = 0; row < 3 * Size; row++)
            destination.Slice(row * Size, Size).Reverse();
    }
}
