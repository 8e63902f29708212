namespace SemPLeS.Experiments;

/// <summary>Folders that results are written to.</summary>
public static class OutputFolder
{
    /// <summary>Free bytes of the disk that a folder is on, or will be on when it is made.</summary>
    /// <param name="folder">The folder; it need not exist.</param>
    public static long FreeBytes(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        var existing = Path.GetFullPath(folder);
        while (!Directory.Exists(existing))
            existing = Path.GetDirectoryName(existing)!;
        return new DriveInfo(existing).AvailableFreeSpace;
    }

    /// <summary>Makes the folder where it is missing, and finds out now, not after an hour of training, whether files can be written to it.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">It can't be made or written to; the message names it.</exception>
    public static void RequireWritable(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        try
        {
            Directory.CreateDirectory(folder);
            using var probe = new FileStream(Path.Combine(folder, Path.GetRandomFileName()), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"The folder {folder} cannot be written to: {exception.Message}", exception);
        }
    }
}
