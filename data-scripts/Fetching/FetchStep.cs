using SemPLeS.Cli.Display;
using SemPLeS.Data;

namespace SemPLeS.Fetching;

/// <summary>One file's way from its publisher to its place.</summary>
/// <param name="Published">The file.</param>
/// <param name="DataFolder">The data folder.</param>
/// <param name="Given">Where a person has put it, if one has.</param>
internal sealed record FetchStep(PublishedFile Published, string DataFolder, string? Given)
{
    private const string ArchiveFolder = "downloads";

    /// <summary>The folder that receives the file, or what is in it.</summary>
    public string Target => Path.Combine(DataFolder, Published.Folder);

    /// <summary>Whether it was done before.</summary>
    public bool IsDone => Published.Unpack is null ? FileCheck.IsKnownGood(Published, Kept) : File.Exists(Note) && File.ReadAllText(Note) == NoteText;

    /// <summary>Whether a program can do it.</summary>
    public bool IsPossible => !IsDone && (Given is not null || Published.Address is not null || File.Exists(Kept));

    /// <summary>Bytes that the disk must have free for it: what is downloaded, and what is unpacked, which for pictures is as much again.</summary>
    public long NeededBytes
    {
        get
        {
            if (!IsPossible)
                return 0;
            var bytes = Given is not null ? new FileInfo(Given).Length : Published.Bytes ?? 0;
            var download = Given is null && !File.Exists(Kept) ? bytes - new DownloadState(Kept).Kept : 0;
            return Published.Unpack is not null ? download + bytes : Given is null ? download : bytes;
        }
    }

    /// <summary>Where the file itself lies.</summary>
    private string Kept => Path.Combine(Published.Unpack is null ? Target : Path.Combine(DataFolder, ArchiveFolder), Published.Name);

    // Beside what was unpacked, so that whoever deletes that deletes the note of it.
    private string Note => Path.Combine(Target, $".{Published.Name}.unpacked");

    private string NoteText => $"{Published.Sha256 ?? "no SHA-256"} {Published.Unpack!.Prefix}\n";

    /// <summary>Downloads or takes it, checks it, and puts it or its content in place.</summary>
    /// <param name="downloader">Downloads.</param>
    /// <param name="display">Shows progress.</param>
    /// <param name="removeArchive">Whether an archive that was downloaded is deleted afterwards.</param>
    /// <param name="cancellation">Asks to stop.</param>
    public async Task RunAsync(Downloader downloader, ProgressDisplay display, bool removeArchive, CancellationToken cancellation)
    {
        var reading = new ShareProgress(display, $"checking {Published.Name}", Published.Bytes);
        if (Given is not null)
        {
            FileCheck.Verify(Published, Given, reading, cancellation);
        }
        else if (Published.Address is not null)
        {
            await downloader.FetchAsync(Published, Kept, new ShareProgress(display, $"downloading {Published.Name}", Published.Bytes), cancellation);
        }
        else if (!FileCheck.IsKnownGood(Published, Kept))
        {
            FileCheck.Verify(Published, Kept, reading, cancellation);
            FileCheck.Remember(Published, Kept);
        }

        if (Published.Unpack is { } rule)
            Unpack(Given ?? Kept, rule, new ShareProgress(display, $"unpacking {Published.Name}", null), cancellation);
        else if (Given is not null && Path.GetFullPath(Given) != Path.GetFullPath(Kept))
            Copy(Given, Kept);
        if (removeArchive && Published.Unpack is not null && Given is null)
            FileCheck.Delete(Kept);
    }

    private void Unpack(string archive, UnpackRule rule, IProgress<double> progress, CancellationToken cancellation)
    {
        _ = Archive.Unpack(archive, Target, rule, progress, cancellation);
        AtomicFile.WriteText(Note, NoteText);
    }

    private void Copy(string from, string to)
    {
        AtomicFile.Write(to, stream =>
        {
            using var source = File.OpenRead(from);
            source.CopyTo(stream);
        });
        FileCheck.Remember(Published, to);
    }
}
