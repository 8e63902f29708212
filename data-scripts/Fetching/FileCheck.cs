using System.Globalization;
using System.Security.Cryptography;
using SemPLeS.Data;

namespace SemPLeS.Fetching;

/// <summary>Compares files with what is known of them.</summary>
public static class FileCheck
{
    /// <summary>Compares length and SHA-256.</summary>
    /// <param name="file">What is known.</param>
    /// <param name="path">The file.</param>
    /// <param name="progress">Takes the share that was read, 0 to 1.</param>
    /// <param name="cancellation">Asks to stop.</param>
    /// <exception cref="InvalidDataException">They differ; the message names file and values.</exception>
    public static void Verify(PublishedFile file, string path, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(file);
        var length = new FileInfo(path).Length;
        if (file.Bytes is { } bytes && length != bytes)
            throw new InvalidDataException($"{path} has {length} bytes; {file.Name} has {bytes}.");
        if (file.Sha256 is not { } expected)
            return;
        var found = Hash(path, length, progress, cancellation);
        if (!found.StartsWith(expected, StringComparison.OrdinalIgnoreCase))
            throw new InvalidDataException($"{path} is not {file.Name}: its SHA-256 is {found}, not {expected}{(expected.Length < found.Length ? "..." : "")}.");
    }

    /// <summary>Whether the file was compared before and has not been written to since.</summary>
    internal static bool IsKnownGood(PublishedFile file, string path) =>
        File.Exists(path) && File.Exists(NotePath(path)) && File.ReadAllText(NotePath(path)) == Note(file, path);

    /// <summary>Keeps in mind that the file was compared.</summary>
    internal static void Remember(PublishedFile file, string path) => AtomicFile.WriteText(NotePath(path), Note(file, path));

    /// <summary>Deletes the file and what is kept in mind of it.</summary>
    internal static void Delete(string path)
    {
        File.Delete(path);
        File.Delete(NotePath(path));
    }

    private static string NotePath(string path) => path + ".verified";

    private static string Note(PublishedFile file, string path)
    {
        var info = new FileInfo(path);
        return string.Create(CultureInfo.InvariantCulture, $"{file.Sha256 ?? "no SHA-256"} {info.Length} {info.LastWriteTimeUtc.Ticks}\n");
    }

    private static string Hash(string path, long length, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var stream = File.OpenRead(path);
        var buffer = new byte[1 << 20];
        int count;
        while ((count = stream.Read(buffer)) > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, count);
            progress?.Report((double)stream.Position / length);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
