using System.Collections.Concurrent;

namespace SemPLeS.Data;

/// <summary>Keeps decoded pictures in memory, as many as a limit allows; the rest is read each time.</summary>
/// <param name="source">Where the pictures come from.</param>
/// <param name="limit">Bytes of pixels that are kept, at most.</param>
public sealed class CachedImages(ILabelledImages source, long limit) : ILabelledImages
{
    private readonly ConcurrentDictionary<int, RgbImage> _kept = [];
    private long _bytes;

    /// <inheritdoc/>
    public int Count => source.Count;

    /// <inheritdoc/>
    public int ClassCount => source.ClassCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => source.ClassNames;

    /// <inheritdoc/>
    public bool HasTruth => source.HasTruth;

    /// <inheritdoc/>
    public string Id(int index) => source.Id(index);

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels(int index) => source.Labels(index);

    /// <inheritdoc/>
    public LabelMap Truth(int index) => source.Truth(index);

    /// <inheritdoc/>
    public (int Width, int Height) Size(int index) => source.Size(index);

    /// <inheritdoc/>
    public RgbImage Image(int index)
    {
        if (_kept.TryGetValue(index, out var kept))
            return kept;
        var image = source.Image(index);
        lock (_kept)
        {
            // In one go: bytes counted for a picture that another thread kept meanwhile would deny a third one its place.
            if (_bytes + image.Pixels.Length <= limit && _kept.TryAdd(index, image))
                _bytes += image.Pixels.Length;
        }

        return image;
    }
}
