using Microsoft.Win32.SafeHandles;

namespace SemPLeS.Weights;

/// <summary>Bytes at places of a file.</summary>
internal static class FileBytes
{
    /// <summary>Reads bytes at a place of a file, all of them.</summary>
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public static void Fill(SafeFileHandle file, Span<byte> bytes, long offset, string path)
    {
        while (bytes.Length > 0)
        {
            var count = RandomAccess.Read(file, bytes, offset);
            if (count == 0)
                throw new InvalidDataException($"{path}: the file ends at byte {offset}, before its data do.");
            bytes = bytes[count..];
            offset += count;
        }
    }

    /// <summary>Opens a file for reads at any place, hands it to <paramref name="read"/>, and closes it again where that fails.</summary>
    public static T Open<T>(string path, Func<SafeFileHandle, T> read)
    {
        var file = File.OpenHandle(path, options: FileOptions.RandomAccess);
        try
        {
            return read(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
