namespace SemPLeS.Data;

/// <summary>Turns a picture into a network's square input, at random; the same stream gives the same input.</summary>
/// <param name="Size">Rows and columns of the input, in pixels, at least 1.</param>
/// <param name="Statistics">Mean and standard deviation that belong to the network's weights.</param>
public abstract record Augmentation(int Size, ChannelStatistics Statistics)
{
    /// <summary>Values of one input: 3 x Size x Size.</summary>
    public int Length => 3 * Size * Size;

    /// <summary>Prepares one picture.</summary>
    /// <param name="image">A picture.</param>
    /// <param name="random">All that is random about it.</param>
    /// <param name="destination">Receives 3 x Size x Size values, one channel after the other.</param>
    /// <exception cref="ArgumentException">The picture does not suit this augmentation, or the destination has another length.</exception>
    public abstract void Apply(RgbImage image, RandomStream random, Span<float> destination);
}
