using System.Buffers;

namespace SemPLeS.Fetching;

/// <summary>One archive's way onto the disk.</summary>
internal sealed class Unpacking(string archive, string target, UnpackRule rule, CancellationToken cancellation)
{
    private static readonly SearchValues<char> Forbidden = SearchValues.Create("\\:*?\"<>|\0");
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);
    private long _bytes;

    /// <summary>Files written.</summary>
    public int Files { get; private set; }

    /// <summary>Writes a file, where the rule wants it.</summary>
    /// <param name="name">Its name in the archive.</param>
    /// <param name="content">Its bytes.</param>
    /// <param name="length">How many the archive says that there are.</param>
    public void Write(string name, Stream content, long length)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Place(name) is not { } path)
            return;
        if (!_names.Add(path))
            throw Refused(name, "is there twice");
        if (++Files > rule.MaximumFiles)
            throw Refused(name, $"is one file more than the {rule.MaximumFiles} that were expected");
        MakeFolder(Path.GetDirectoryName(path)!, name);
        // What stands there may be a link: it is replaced, not written through.
        File.Delete(path);
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        var written = Copy(content, file, name);
        if (written != length)
            throw Refused(name, $"has {written} bytes, not the {length} that its entry says");
    }

    /// <summary>Where an entry belongs on the disk; null where the rule leaves it out.</summary>
    /// <exception cref="InvalidDataException">Its name would lead elsewhere.</exception>
    public string? Place(string name)
    {
        var parts = name.Split('/').Where(part => part is not ("" or ".")).ToArray();
        if (name.StartsWith('/') || name.AsSpan().ContainsAny(Forbidden) || name.Any(char.IsControl) || parts.Any(part => part == ".." || part.EndsWith('.') || part.EndsWith(' ')))
            throw Refused(name, "is no plain relative path");
        var wanted = rule.Prefix.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length <= wanted.Length || !parts.AsSpan(0, wanted.Length).SequenceEqual(wanted))
            return null;
        var path = Path.GetFullPath(Path.Combine([target, .. parts[wanted.Length..]]));
        return path.StartsWith(target + Path.DirectorySeparatorChar, StringComparison.Ordinal) ? path : throw Refused(name, "leads out of the target");
    }

    /// <summary>The error of an entry that must not be there.</summary>
    public InvalidDataException Refused(string name, string why) => new($"{archive} is refused: \"{name}\" {why}.");

    private long Copy(Stream content, FileStream file, string name)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 << 17);
        try
        {
            var written = 0L;
            int count;
            while ((count = content.Read(buffer)) > 0)
            {
                if ((_bytes += count) > rule.MaximumBytes)
                    throw Refused(name, $"goes beyond the {rule.MaximumBytes} bytes that were expected");
                file.Write(buffer, 0, count);
                written += count;
            }

            return written;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Makes the folders between target and file, none of which may be a link.</summary>
    private void MakeFolder(string folder, string name)
    {
        for (var above = folder; above.Length > target.Length; above = Path.GetDirectoryName(above)!)
        {
            if (new DirectoryInfo(above) is { Exists: true, LinkTarget: not null })
                throw Refused(name, $"leads through the link {above}");
        }

        Directory.CreateDirectory(folder);
    }
}
