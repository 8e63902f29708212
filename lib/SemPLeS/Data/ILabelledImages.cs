namespace SemPLeS.Data;

/// <summary>Pictures with image-level labels, and with masks where there are any. Reading is safe from several threads at once.</summary>
public interface ILabelledImages
{
    /// <summary>Number of pictures.</summary>
    public int Count { get; }

    /// <summary>Number of classes K, background not counted.</summary>
    public int ClassCount { get; }

    /// <summary>K names, background not among them.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Whether every picture has a mask.</summary>
    public bool HasTruth { get; }

    /// <summary>The picture's name, unique in the set.</summary>
    /// <param name="index">0 to Count - 1.</param>
    public string Id(int index);

    /// <summary>Reads the picture.</summary>
    /// <param name="index">0 to Count - 1.</param>
    /// <exception cref="InvalidDataException">Its file is damaged; the message names the path.</exception>
    public RgbImage Image(int index);

    /// <summary>The picture's size in pixels.</summary>
    /// <param name="index">0 to Count - 1.</param>
    /// <exception cref="InvalidDataException">Its file is damaged; the message names the path.</exception>
    public (int Width, int Height) Size(int index)
    {
        var image = Image(index);
        return (image.Width, image.Height);
    }

    /// <summary>The picture's classes in ascending order, 0 to K - 1, background not counted.</summary>
    /// <param name="index">0 to Count - 1.</param>
    public IReadOnlyList<int> Labels(int index);

    /// <summary>Reads the picture's mask: 0 background, class + 1 otherwise, 255 to be ignored.</summary>
    /// <param name="index">0 to Count - 1.</param>
    /// <exception cref="InvalidOperationException">The picture has no mask.</exception>
    /// <exception cref="InvalidDataException">Its file is damaged; the message names the path.</exception>
    public LabelMap Truth(int index);
}
