using System.Runtime.ExceptionServices;
using System.Security.Cryptography;

namespace SemPLeS.Data;

/// <summary>Pictures whose masks are those of a folder: pseudo masks in place of the truth.</summary>
public sealed class MaskFolderImages : ILabelledImages
{
    private readonly ILabelledImages _source;
    private readonly string _folder;

    private MaskFolderImages(ILabelledImages source, string folder, string fingerprint) => (_source, _folder, MaskFingerprint) = (source, folder, fingerprint);

    /// <summary>A short hash (SHA-256, 16 hexadecimal digits) of all masks.</summary>
    public string MaskFingerprint { get; }

    /// <inheritdoc/>
    public int Count => _source.Count;

    /// <inheritdoc/>
    public int ClassCount => _source.ClassCount;

    /// <inheritdoc/>
    public IReadOnlyList<string> ClassNames => _source.ClassNames;

    /// <inheritdoc/>
    public bool HasTruth => true;

    /// <summary>Opens a folder and finds out, before any training, what is wrong with it: every mask is read once.</summary>
    /// <param name="source">The pictures.</param>
    /// <param name="folder">Holds ID.png of every picture: palette or grey PNG, the value is the label, 255 to be ignored; it may hold more files.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">A mask is missing; the message names the first.</exception>
    /// <exception cref="InvalidDataException">A mask is damaged, has another size than its picture or an unknown label; the message names it.</exception>
    public static MaskFolderImages Open(ILabelledImages source, string folder)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no folder {folder}.");
        var missing = Enumerable.Range(0, source.Count).Select(index => PathOf(source, folder, index)).Where(path => !File.Exists(path)).ToList();
        if (missing.Count > 0)
            throw new FileNotFoundException($"{missing.Count} of {source.Count} masks are missing; the first is {missing[0]}.", missing[0]);
        var hashes = new byte[source.Count][];
        try
        {
            Parallel.For(0, source.Count, index => hashes[index] = SHA256.HashData(Read(source, folder, index).Labels));
        }
        catch (AggregateException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
        }

        return new MaskFolderImages(source, folder, Convert.ToHexStringLower(SHA256.HashData(hashes.SelectMany(hash => hash).ToArray()))[..16]);
    }

    /// <inheritdoc/>
    public string Id(int index) => _source.Id(index);

    /// <inheritdoc/>
    public RgbImage Image(int index) => _source.Image(index);

    /// <inheritdoc/>
    public (int Width, int Height) Size(int index) => _source.Size(index);

    /// <inheritdoc/>
    public IReadOnlyList<int> Labels(int index) => _source.Labels(index);

    /// <summary>Reads the picture's mask from the folder.</summary>
    /// <param name="index">0 to Count - 1.</param>
    /// <exception cref="InvalidDataException">Its file is damaged, of another size than the picture, or has an unknown label; the message names the path.</exception>
    public LabelMap Truth(int index) => Read(_source, _folder, index);

    private static string PathOf(ILabelledImages source, string folder, int index) => Path.Combine(folder, source.Id(index) + ".png");

    private static LabelMap Read(ILabelledImages source, string folder, int index)
    {
        var path = PathOf(source, folder, index);
        var (width, height) = source.Size(index);
        var mask = LabelFile.Load(path, width, height, "picture");
        foreach (var label in mask.Labels)
        {
            if (label > source.ClassCount && label != LabelMap.Ignore)
                throw new InvalidDataException($"{path} holds the label {label}; there are {source.ClassCount} classes.");
        }

        return mask;
    }
}
