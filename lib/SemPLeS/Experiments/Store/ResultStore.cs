using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using SemPLeS.Data;

namespace SemPLeS.Experiments.Store;

/// <summary>
/// Every run once. A folder holds KEY.json for each finished run, written atomically, files/KEY with its weights, which later runs start from, and claims, which tell who computes what. Several
/// machines may share the folder.
/// Runs that come with the library are found too, without weights; one of the folder stands before one of the library.
/// </summary>
/// <param name="folder">The folder; it need not be there.</param>
/// <param name="shippedPath">A file with a run in each line, compressed by gzip; null for none.</param>
public sealed class ResultStore(string folder, string? shippedPath = null)
{
    private const string Extension = ".json";
    private readonly ConcurrentDictionary<string, (string Content, long Since)> _watched = new(StringComparer.Ordinal);
    private readonly Lazy<(Dictionary<string, StoredRun> Runs, List<StoreEntry> Entries)> _shipped = new(() => ReadShipped(shippedPath));

    /// <summary>The runs that come with the library: the tables' on the miniature worlds, and those on a few hundred photographs.</summary>
    public static string ShippedPath => ShippedFiles.PathOf("results", "runs.jsonl.gz");

    /// <summary>The folder.</summary>
    public string Folder { get; } = Path.GetFullPath(folder);

    /// <summary>How long a process on another machine may show no sign of life before its run is taken from it; it shows six in that time.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Measures the lease.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of each record that is damaged and so not used.</summary>
    public Action<string>? Damaged { get; init; }

    /// <summary>The stored run of a plan; null where there is none, or only a damaged one, which is reported.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    public StoredRun? Find(PlannedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return Find(run.Key);
    }

    /// <summary>Whether a run came with the library and is not in the folder.</summary>
    public bool IsShipped(PlannedRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return !File.Exists(RecordPath(run.Key)) && _shipped.Value.Runs.ContainsKey(run.Key);
    }

    /// <summary>Everything that is stored, in the order of presets, worlds, seeds and stages; damaged records first.</summary>
    public IReadOnlyList<StoreEntry> Entries()
    {
        var own = Directory.Exists(Folder) ? Directory.EnumerateFiles(Folder, "*" + Extension).Select(Entry) : [];
        return
        [
            .. own.Concat(_shipped.Value.Entries)
                .OrderBy(entry => entry.Run?.Preset, StringComparer.Ordinal)
                .ThenBy(entry => entry.Run?.World, StringComparer.Ordinal)
                .ThenBy(entry => entry.Run?.Seed)
                .ThenBy(entry => entry.Run?.Stage, StringComparer.Ordinal)
                .ThenBy(entry => entry.Path, StringComparer.Ordinal),
        ];
    }

    /// <summary>What is wrong with the weights that are kept for a run; weights that were pruned are no defect.</summary>
    public IReadOnlyList<string> WeightsDefects(StoredRun run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return
        [
            .. from weights in run.Weights
               let path = WeightsPath(run.Key, weights.Key)
               where File.Exists(path) && Training.Fingerprint.OfFile(path) != weights.Value
               select $"{path} is not what {run.Key} ended with.",
        ];
    }

    /// <summary>Writes runs to one file, a line each, compressed by gzip, as the library ships them.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Export(IEnumerable<StoredRun> runs, string path)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var text = string.Concat(runs.Select(run => run.ToJson() + "\n"));
        AtomicFile.Write(path, stream =>
        {
            using var packed = new GZipStream(stream, CompressionLevel.SmallestSize, leaveOpen: true);
            packed.Write(Encoding.UTF8.GetBytes(text));
        });
    }

    /// <summary>
    /// Deletes damaged records, records of other numerics, what a process that was killed left half-written, and the weights and checkpoints of every run that nobody
    /// computes at this moment.
    /// </summary>
    /// <param name="weightsToo">Whether the weights of sound runs go: a later run that starts from one trains it again.</param>
    /// <returns>Records deleted, and bytes freed.</returns>
    public (int Records, long Bytes) Prune(bool weightsToo)
    {
        var (records, bytes) = (0, 0L);
        foreach (var entry in Entries().Where(entry => !entry.IsShipped))
        {
            if (entry.Defect is not null || entry.Run!.Numerics != PlannedRun.Numerics)
            {
                bytes += new FileInfo(entry.Path).Length;
                File.Delete(entry.Path);
                records++;
            }
        }

        foreach (var left in Directory.Exists(Folder) ? Directory.GetFiles(Folder, $"*{AtomicFile.TemporaryExtension}") : [])
        {
            using var held = TryLock(Path.GetFileName(left).Split('.')[0]);
            if (held is null)
                continue;
            bytes += new FileInfo(left).Length;
            File.Delete(left);
        }

        foreach (var files in Directory.Exists(FilesFolder) ? Directory.GetDirectories(FilesFolder) : [])
        {
            var key = Path.GetFileName(files);
            if (!weightsToo && File.Exists(RecordPath(key)))
                continue;
            using var held = TryLock(key);
            if (held is null)
                continue;
            bytes += Size(files);
            Directory.Delete(files, recursive: true);
        }

        return (records, bytes);
    }

    /// <summary>Where a run's weights and checkpoints are.</summary>
    public string FilesOf(string key) => Path.Combine(FilesFolder, key);

    /// <summary>Where a run's weights of a role are, if they are kept.</summary>
    public string WeightsPath(string key, string role) => Path.Combine(FilesOf(key), role + ".weights.safetensors");

    /// <summary>Puts a run into the folder, in place of one of the same key.</summary>
    internal void Add(StoredRun run) => AtomicFile.WriteText(RecordPath(run.Key), run.ToJson() + "\n");

    /// <summary>Takes a run for this process; null while another has it, on this machine or on one that shares the folder.</summary>
    /// <remarks>
    /// The run of a process that was killed is free at once for others of its machine; for other machines after <see cref="Lease"/>, in which they ask again and again.
    /// </remarks>
    /// <exception cref="IOException">The folder can't be written to.</exception>
    public RunClaim? TryLock(string key)
    {
        ArgumentException.ThrowIfNullOrEmpty(key);
        var claims = Path.Combine(Folder, "claims");
        Directory.CreateDirectory(claims);
        var path = Path.Combine(claims, key);
        if (RunClaim.Read(path) is { } content)
        {
            var owner = ClaimOwner.Parse(content);
            if (owner is not { IsKnownDead: true } && !IsSilent(key, content))
                return null;
            RunClaim.Bury(path, owner?.Nonce);
        }

        _watched.TryRemove(key, out _);
        return RunClaim.TryMake(path, Lease / 6);
    }

    /// <summary>Whether a claim has looked the same for as long as no living owner lets it.</summary>
    private bool IsSilent(string key, string content)
    {
        // No two machines' clocks are compared: what counts is how long this process has seen no change.
        var seen = _watched.AddOrUpdate(key, _ => (content, Time.GetTimestamp()), (_, before) => before.Content == content ? before : (content, Time.GetTimestamp()));
        return Time.GetElapsedTime(seen.Since) > Lease;
    }

    private string FilesFolder => Path.Combine(Folder, "files");

    private string RecordPath(string key) => Path.Combine(Folder, key + Extension);

    private StoredRun? Find(string key)
    {
        var path = RecordPath(key);
        if (!File.Exists(path))
            return _shipped.Value.Runs.GetValueOrDefault(key);
        var (run, defect) = Read(path, key);
        if (defect is null)
            return run;
        Damaged?.Invoke(defect);
        return null;
    }

    private StoreEntry Entry(string path)
    {
        var key = Path.GetFileNameWithoutExtension(path);
        var bytes = Directory.Exists(FilesOf(key)) ? Size(FilesOf(key)) : 0;
        var (run, defect) = Read(path, key);
        return new StoreEntry(path, run, defect, bytes, IsShipped: false);
    }

    /// <summary>The run of a file, and what is wrong with it.</summary>
    private static (StoredRun? Run, string? Defect) Read(string path, string key)
    {
        try
        {
            var run = StoredRun.Parse(File.ReadAllText(path), path);
            return (run, run.Key == key ? null : $"{path} holds the run {run.Key}.");
        }
        catch (InvalidDataException error)
        {
            return (null, error.Message);
        }
    }

    private static (Dictionary<string, StoredRun> Runs, List<StoreEntry> Entries) ReadShipped(string? path)
    {
        var (runs, entries) = (new Dictionary<string, StoredRun>(), new List<StoreEntry>());
        if (path is null || !File.Exists(path))
            return (runs, entries);
        try
        {
            using var reader = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            for (var number = 1; reader.ReadLine() is { } line; number++)
            {
                var run = StoredRun.Parse(line, $"{path}, line {number}");
                runs[run.Key] = run;
                entries.Add(new StoreEntry(path, run, null, 0, IsShipped: true));
            }
        }
        catch (InvalidDataException error) when (!error.Message.Contains(path, StringComparison.Ordinal))
        {
            throw new InvalidDataException($"{path} is not compressed by gzip, or damaged: {error.Message}", error);
        }

        return (runs, entries);
    }

    private static long Size(string folder) => new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
