using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SemPLeS.Data;

/// <summary>Remembers what was read of a data set, and notices when a file of it has changed by length or time.</summary>
internal static class VocCache
{
    private const string Version = "1";

    /// <summary>The entries of the cache, or those that <paramref name="read"/> gives, which are then kept.</summary>
    /// <param name="folder">Where the cache lies, one file for each list of photographs.</param>
    /// <param name="split">Part of the file's name.</param>
    /// <param name="files">The photographs.</param>
    /// <param name="read">Reads their entries.</param>
    /// <exception cref="IOException">The folder cannot be written to; the message names it.</exception>
    public static VocEntry[] Get(string folder, string split, VocFiles[] files, Func<VocEntry[]> read)
    {
        var path = Path.Combine(folder, $"voc-{split}-{Hash(files, Names)[..16]}.json");
        var state = Hash(files, State);
        if (Load(path) is { } content && content.State == state && content.Entries.Length == files.Length)
            return content.Entries;
        var entries = read();
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, new Content(state, entries)));
        return entries;
    }

    private static Content? Load(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return JsonSerializer.Deserialize<Content>(File.ReadAllBytes(path));
        }
        catch (JsonException)
        {
            // A cache that cannot be read costs time, nothing else: it is written anew.
            return null;
        }
    }

    private static string Names(VocFiles files) => $"{files.Image}|{files.Mask}|{files.Annotation}";

    private static string State(VocFiles files) => $"{State(files.Image)}|{State(files.Mask)}|{State(files.Annotation)}";

    private static string State(string? path)
    {
        if (path is null)
            return "";
        var file = new FileInfo(path);
        return $"{file.Length} {file.LastWriteTimeUtc.Ticks}";
    }

    private static string Hash(VocFiles[] files, Func<VocFiles, string> describe)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(Version));
        foreach (var item in files)
            hash.AppendData(Encoding.UTF8.GetBytes($"{item.Id}|{describe(item)}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private sealed record Content(string State, VocEntry[] Entries);
}
