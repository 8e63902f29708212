using SemPLeS.Data;

namespace SemPLeS.PseudoMasks;

/// <summary>Makes CAMs of whole pictures. Safe from several threads at once.</summary>
public interface ICamExtractor
{
    /// <summary>What tells the network's weights from others.</summary>
    public string WeightsFingerprint { get; }

    /// <summary>Makes the CAMs of one picture.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="labels">Its classes, 0 to K - 1.</param>
    /// <exception cref="ArgumentException">The picture is smaller than the network can see, or there is no such class.</exception>
    public ClassActivationMaps Extract(RgbImage image, IReadOnlyList<int> labels);
}
