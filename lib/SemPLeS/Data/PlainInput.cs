namespace SemPLeS.Data;

/// <summary>No augmentation: a picture that has the input's size already is normalised, and nothing else.</summary>
/// <param name="Size">Rows and columns of picture and input, in pixels.</param>
/// <param name="Statistics">Mean and standard deviation that belong to the network's weights.</param>
public sealed record PlainInput(int Size, ChannelStatistics Statistics) : Augmentation(Size, Statistics)
{
    /// <inheritdoc/>
    public override void Apply(RgbImage image, RandomStream random, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (image.Width != Size || image.Height != Size)
            throw new ArgumentException($"A picture of {image.Width}x{image.Height} pixels is not {Size}x{Size}.", nameof(image));
        Statistics.Normalise(image, destination);
    }
}
