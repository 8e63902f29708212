namespace SemPLeS.Experiments.Store;

/// <summary>
/// A run that this process computes, so that no other does. Made for folders that several machines share, where the locks of operating systems can't be relied on: one
/// of those that would create a file does (which NFS keeps since its version 3), a rename hands a dead owner's file to one heir, and an owner that lives shows it by
/// changing the file.
/// </summary>
public sealed class RunClaim : IDisposable
{
    private readonly string _path;
    private readonly ClaimOwner _owner;
    private readonly FileStream _file;
    private readonly Timer _heart;
    private readonly Lock _beating = new();
    private long _beats;
    private bool _disposed;

    private RunClaim(string path, ClaimOwner owner, FileStream file, TimeSpan beat)
    {
        (_path, _owner, _file) = (path, owner, file);
        _heart = new Timer(_ => Beat(), null, beat, beat);
    }

    /// <summary>Whether the claim is still this one's: an owner that shows no life for too long loses it.</summary>
    public bool IsHeld => ReadOwner(_path)?.Nonce == _owner.Nonce;

    /// <summary>Gives the run back.</summary>
    public void Dispose()
    {
        lock (_beating)
        {
            if (_disposed)
                return;
            _disposed = true;
            _heart.Dispose();
        }

        if (IsHeld)
            File.Delete(_path);
        _file.Dispose();
    }

    /// <summary>Puts a claim where there is none.</summary>
    /// <param name="path">The claim's file; its folder is there.</param>
    /// <param name="beat">The pause between signs of life.</param>
    /// <returns>Null where there is one.</returns>
    /// <exception cref="IOException">The folder can't be written to.</exception>
    internal static RunClaim? TryMake(string path, TimeSpan beat)
    {
        FileStream file;
        try
        {
            // Others may read, rename and delete it meanwhile.
            file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        }
        catch (IOException error) when (IsThere(error))
        {
            return null;
        }

        var owner = ClaimOwner.New();
        try
        {
            file.Write(owner.Content(0));
            file.Flush(flushToDisk: true);
        }
        catch
        {
            file.Dispose();
            File.Delete(path);
            throw;
        }

        return new RunClaim(path, owner, file, beat);
    }

    /// <summary>Takes a claim away from an owner that lives no more.</summary>
    /// <param name="path">The claim's file.</param>
    /// <param name="nonce">The dead owner's; null where it died before it had written who it is.</param>
    internal static void Bury(string path, string? nonce)
    {
        var aside = $"{path}.{Guid.NewGuid():N}";
        try
        {
            File.Move(path, aside, overwrite: false);
        }
        catch (FileNotFoundException)
        {
            return;
        }

        // Between look and rename another may have buried it and claimed the run: that claim goes back.
        if (ReadOwner(aside)?.Nonce != nonce)
        {
            try
            {
                File.Move(aside, path, overwrite: false);
                return;
            }
            catch (IOException error) when (IsThere(error))
            {
                // A third has claimed it. The one put aside finds out, and leaves the run to it.
            }
        }

        File.Delete(aside);
    }

    /// <summary>A claim's content; null where there is no file, or none any more.</summary>
    internal static string? Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>What the system says of a file that can't be made because there is one: EEXIST, and Windows' two names of it.</summary>
    private static bool IsThere(IOException error) => error.HResult is 17 or unchecked((int)0x80070050) or unchecked((int)0x800700B7);

    private static ClaimOwner? ReadOwner(string path) => Read(path) is { } content ? ClaimOwner.Parse(content) : null;

    private void Beat()
    {
        lock (_beating)
        {
            if (_disposed)
                return;
            try
            {
                // The open file, not the path: what another has put there is not touched.
                _file.Position = 0;
                _file.Write(_owner.Content(++_beats));
                _file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                // A sign that can't be given is one that others miss; whoever holds the claim asks before it counts on it.
            }
        }
    }
}
