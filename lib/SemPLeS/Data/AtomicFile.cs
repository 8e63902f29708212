using System.Text;

namespace SemPLeS.Data;

/// <summary>Files that appear under their name only when they are complete.</summary>
public static class AtomicFile
{
    /// <summary>The extension of files that are being written, or were when their writer was killed.</summary>
    internal const string TemporaryExtension = ".tmp";

    /// <summary>Writes a temporary file beside <paramref name="path"/> and moves it there; what stood there before stays until then.</summary>
    /// <param name="path">The file to write; its folder is created when it is missing.</param>
    /// <param name="write">Writes the whole content; when it throws, no file is left behind.</param>
    /// <exception cref="IOException">The folder cannot be written to; the message names it.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var full = Path.GetFullPath(path);
        var temporary = $"{full}.{Path.GetRandomFileName()}{TemporaryExtension}";
        var stream = Create(temporary);
        try
        {
            using (stream)
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, full, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Writes a text in UTF-8, as <see cref="Write"/> does.</summary>
    /// <param name="path">The file to write.</param>
    /// <param name="text">Its whole content.</param>
    /// <exception cref="IOException">The folder cannot be written to; the message names it.</exception>
    public static void WriteText(string path, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
    }

    /// <summary>Deletes what writers that were killed left half-written beside the files of some pictures. Nobody may be writing these files.</summary>
    /// <param name="folder">The folder; it need not be there.</param>
    /// <param name="images">The pictures; each has a file of its ID.</param>
    /// <param name="extension">The files' extension, such as .png.</param>
    internal static void DeleteLeftovers(string folder, ILabelledImages images, string extension)
    {
        if (!Directory.Exists(folder) || Directory.GetFiles(folder, "*" + TemporaryExtension) is not { Length: > 0 } left)
            return;
        var own = Enumerable.Range(0, images.Count).Select(index => images.Id(index) + extension).ToHashSet(StringComparer.Ordinal);
        var random = ".".Length + Path.GetRandomFileName().Length + TemporaryExtension.Length;
        foreach (var path in left)
        {
            if (Path.GetFileName(path) is { } name && name.Length > random && own.Contains(name[..^random]))
                File.Delete(path);
        }
    }

    private static FileStream Create(string path)
    {
        var folder = Path.GetDirectoryName(path)!;
        try
        {
            Directory.CreateDirectory(folder);
            return new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder {folder} cannot be written to: {exception.Message}", exception);
        }
    }
}
