using System.Formats.Tar;
using System.IO.Compression;
using SemPLeS.Data;

namespace SemPLeS.Experiments;

/// <summary>
/// The archive that PASCAL VOC's evaluation server takes: results/VOC2012/Segmentation/comp6_test_cls/ID.png, palette PNG, comp6 since the networks
/// learned from more than VOC.
/// </summary>
public static class VocTestArchive
{
    private const string Folder = "results/VOC2012/Segmentation/comp6_test_cls/";

    private static readonly DateTimeOffset Date = new(2012, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes the archive; it appears when it is complete. Equal masks give equal bytes of an archive that is not compressed.</summary>
    /// <param name="predictions">Folder of ID.png.</param>
    /// <param name="ids">The photographs, of which each needs a mask.</param>
    /// <param name="path">The archive: .tar, .tgz, .tar.gz or .zip.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="ArgumentException">There is no photograph, or the archive has another extension.</exception>
    /// <exception cref="FileNotFoundException">A mask is missing; the message names the first.</exception>
    /// <exception cref="InvalidDataException">A mask is damaged or has a label that is no class; the message names it.</exception>
    public static void Write(string predictions, IReadOnlyList<string> ids, string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(predictions);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (ids.Count == 0)
            throw new ArgumentException("An archive needs at least one mask.", nameof(ids));
        var write = Writer(path);
        string[] masks = [.. ids.Select(id => Path.Combine(predictions, id + ".png"))];
        if (masks.Where(mask => !File.Exists(mask)).ToArray() is [var first, ..] missing)
            throw new FileNotFoundException($"{missing.Length} of {ids.Count} masks are missing; the first is {first}.", first);
        AtomicFile.Write(path, stream => write(stream, ids.Zip(masks, (id, mask) =>
        {
            cancellation.ThrowIfCancellationRequested();
            return (Folder + id + ".png", Content(mask));
        })));
    }

    /// <summary>Writes the archive of the photographs that an id list names.</summary>
    /// <param name="predictions">Folder of ID.png.</param>
    /// <param name="voc">The folder that holds ImageSets, or the list itself.</param>
    /// <param name="split">The list's name without its extension, test on the server.</param>
    /// <param name="path">The archive: .tar, .tgz, .tar.gz or .zip.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>Number of masks.</returns>
    /// <exception cref="FileNotFoundException">There is no such list, or a mask is missing.</exception>
    /// <exception cref="InvalidDataException">The list is empty; or a mask is damaged or has a label that is no class.</exception>
    public static int Write(string predictions, string voc, string split, string path, CancellationToken cancellation = default)
    {
        var ids = VocIdList.Read(voc, split);
        Write(predictions, ids, path, cancellation);
        return ids.Count;
    }

    /// <summary>A mask written anew, so that the server gets VOC's palette whatever the file has.</summary>
    private static byte[] Content(string path)
    {
        var mask = LabelFile.Load(path);
        var unknown = mask.Labels.AsSpan().IndexOfAnyExceptInRange((byte)0, (byte)VocClasses.Names.Count);
        return unknown < 0
            ? LabelFile.EncodePng(mask)
            : throw new InvalidDataException($"{path} holds the label {mask.Labels[unknown]}, which is no class of PASCAL VOC; predictions have no 255 either.");
    }

    private static Action<Stream, IEnumerable<(string Name, byte[] Content)>> Writer(string path)
    {
        var name = path.ToLowerInvariant();
        if (name.EndsWith(".tgz", StringComparison.Ordinal) || name.EndsWith(".tar.gz", StringComparison.Ordinal))
        {
            return (stream, files) =>
            {
                using var compressed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
                WriteTar(compressed, files);
            };
        }

        return Path.GetExtension(name) switch
        {
            ".tar" => WriteTar,
            ".zip" => WriteZip,
            _ => throw new ArgumentException($"An archive is a file .tar, .tgz, .tar.gz or .zip, not {path}.", nameof(path)),
        };
    }

    private static void WriteTar(Stream stream, IEnumerable<(string Name, byte[] Content)> files)
    {
        using var tar = new TarWriter(stream, TarEntryFormat.Ustar, leaveOpen: true);
        foreach (var (name, content) in files)
            tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content), ModificationTime = Date });
    }

    private static void WriteZip(Stream stream, IEnumerable<(string Name, byte[] Content)> files)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, content) in files)
        {
            var entry = zip.CreateEntry(name);
            entry.LastWriteTime = Date;
            using var target = entry.Open();
            target.Write(content);
        }
    }
}
