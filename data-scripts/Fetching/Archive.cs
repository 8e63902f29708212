using System.Formats.Tar;
using System.IO.Compression;

namespace SemPLeS.Fetching;

/// <summary>
/// Unpacks .zip, .tar and .tar.gz (.tgz) as if whoever made them meant harm: nothing is written outside of the target, through a link, or beyond the limits of
/// the rule, and an archive that tries is refused as a whole.
/// </summary>
public static class Archive
{
    private const int SymbolicLink = 0xA000;
    private const int FileType = 0xF000;

    /// <summary>Takes out what a rule wants.</summary>
    /// <param name="path">The archive.</param>
    /// <param name="target">The folder that receives it; created where it is missing.</param>
    /// <param name="rule">What is taken, and its limits.</param>
    /// <param name="progress">Takes the share of the archive that was read, 0 to 1.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <returns>How many files were written.</returns>
    /// <exception cref="InvalidDataException">The archive is damaged or hostile, or holds nothing that the rule wants; the message names it.</exception>
    public static int Unpack(string path, string target, UnpackRule rule, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(rule);
        var unpacking = new Unpacking(path, Path.GetFullPath(target), rule, cancellation);
        try
        {
            using var stream = File.OpenRead(path);
            if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                UnpackZip(stream, unpacking, progress);
            else
                UnpackTar(stream, unpacking, progress);
        }
        catch (InvalidDataException exception) when (!exception.Message.StartsWith(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} is damaged: {exception.Message}", exception);
        }
        catch (Exception exception) when (exception is EndOfStreamException or FormatException)
        {
            throw new InvalidDataException($"{path} is damaged: {exception.Message}", exception);
        }

        return unpacking.Files > 0 ? unpacking.Files : throw new InvalidDataException($"{path} holds nothing below \"{rule.Prefix}\".");
    }

    private static void UnpackZip(FileStream stream, Unpacking unpacking, IProgress<double>? progress)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Read);
        for (var i = 0; i < zip.Entries.Count; i++)
        {
            var entry = zip.Entries[i];
            if (((entry.ExternalAttributes >> 16) & FileType) == SymbolicLink)
                throw unpacking.Refused(entry.FullName, "is a link");
            if (entry.FullName.EndsWith('/'))
            {
                _ = unpacking.Place(entry.FullName);
            }
            else
            {
                using var content = entry.Open();
                unpacking.Write(entry.FullName, content, entry.Length);
            }

            progress?.Report((i + 1.0) / zip.Entries.Count);
        }
    }

    private static void UnpackTar(FileStream stream, Unpacking unpacking, IProgress<double>? progress)
    {
        var isPacked = stream.ReadByte() == 0x1F && stream.ReadByte() == 0x8B;
        stream.Position = 0;
        using var tar = new TarReader(isPacked ? new GZipStream(stream, CompressionMode.Decompress) : stream);
        while (tar.GetNextEntry() is { } entry)
        {
            switch (entry.EntryType)
            {
                case TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile:
                    unpacking.Write(entry.Name, entry.DataStream ?? Stream.Null, entry.Length);
                    break;
                case TarEntryType.Directory:
                    _ = unpacking.Place(entry.Name);
                    break;
                case TarEntryType.GlobalExtendedAttributes:
                    break;
                default:
                    throw unpacking.Refused(entry.Name, $"is a {entry.EntryType}");
            }

            progress?.Report((double)stream.Position / stream.Length);
        }
    }
}
