using System.IO.Compression;
using FsCheck.Xunit;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Store;
using Xunit;

namespace SemPLeS.Tests.Experiments.Store;

public sealed class ResultStoreTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store").FullName;
    private readonly CountedRuns _runs = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_record_says_what_where_and_at_what_cost()
    {
        var record = Compute(_runs.Run("stage-c", seed: 3, value: 45.5));
        Assert.Equal(("counted", "w", 3, "stage-c", "last"), (record.Preset, record.World, record.Seed, record.Stage, record.EpochRule));
        Assert.Equal(45.5, record.Value("train", "seed_miou"));
        Assert.Null(record.Value("val", "seed_miou"));
        Assert.Equal(2, record.Seconds);
        Assert.Equal("cpu", record.Machine.Device);
        Assert.Equal(PlannedRun.Numerics, record.Numerics);
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "45.5", "46.5" },
        { "\"stage\":\"stage-c\"", "\"stage\":\"stage-a\"" },
        { "\"numerics\":1", "\"numerics\":2" },
        { "{", "" },
        { "\"metrics\"", "\"metric\"" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_changed_record_is_reported_and_computed_again(string text, string changed)
    {
        var run = _runs.Run("stage-c", value: 45.5);
        var path = Path.Combine(_folder, Compute(run).Key + ".json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(text, changed, StringComparison.Ordinal));

        var reports = new List<string>();
        var store = new ResultStore(_folder) { Damaged = reports.Add };
        Assert.Null(store.Find(run));
        Assert.Contains(path, Assert.Single(reports), StringComparison.Ordinal);
        Assert.Contains(path, Assert.Single(store.Entries()).Defect!, StringComparison.Ordinal);

        Assert.Equal(45.5, Compute(run).Value("train", "seed_miou"));
        Assert.Equal(["stage-c", "stage-c"], _runs.Computed);
        Assert.NotNull(store.Find(run));
    }

    [Property(MaxTest = 200)]
    public bool Every_changed_byte_of_a_record_is_noticed(int place, byte change)
    {
        if (change == 0)
            return true;
        var run = new CountedRuns().Run("stage-c", value: 45.5);
        var path = Path.Combine(_folder, Compute(run).Key + ".json");
        var bytes = File.ReadAllBytes(path);
        // The line's end is no part of the record.
        bytes[(int)((uint)place % (bytes.Length - 1))] ^= change;
        File.WriteAllBytes(path, bytes);
        return new ResultStore(_folder).Find(run) is null;
    }

    [Fact]
    public void A_record_under_another_key_is_not_trusted()
    {
        var (first, second) = (_runs.Run("stage-a"), _runs.Run("stage-c"));
        File.Move(Path.Combine(_folder, Compute(first).Key + ".json"), Path.Combine(_folder, second.Key + ".json"));
        Assert.Null(new ResultStore(_folder).Find(second));
    }

    [Fact]
    public void All_that_decides_a_run_is_in_its_key()
    {
        var start = _runs.Run("phase-1");
        PlannedRun[] runs =
        [
            start,
            _runs.Run("phase-1", seed: 1),
            _runs.Run("phase-1", value: 2),
            _runs.Run("stage-c", starts: [("generator", start)]),
            _runs.Run("stage-c", starts: [("generator", _runs.Run("phase-1", value: 2))]),
            _runs.Run("stage-c", starts: [("other", start)]),
        ];
        Assert.Equal(runs.Length, runs.Select(run => run.Key).Distinct().Count());
        Assert.Equal(start.Key, _runs.Run("phase-1").Key);
    }

    [Fact]
    public void Shipped_runs_are_found_and_the_folders_own_stand_before_them()
    {
        var run = _runs.Run("stage-c", value: 45.5);
        var shipped = Path.Combine(_folder, "shipped.jsonl.gz");
        ResultStore.Export([Compute(run)], shipped);
        var elsewhere = Path.Combine(_folder, "elsewhere");

        var store = new ResultStore(elsewhere, shipped);
        Assert.True(store.IsShipped(run));
        Assert.Equal(45.5, store.Find(run)!.Value("train", "seed_miou"));
        Assert.True(Assert.Single(store.Entries()).IsShipped);

        _ = new RunQueue(store, new ExperimentOptions { Folder = elsewhere }).Run([run], fresh: true);
        Assert.False(store.IsShipped(run));
    }

    [Fact]
    public void A_damaged_line_of_shipped_runs_is_named()
    {
        var shipped = Path.Combine(_folder, "shipped.jsonl.gz");
        ResultStore.Export([Compute(_runs.Run("stage-c"))], shipped);
        // A second member of the archive follows the first.
        using (var more = new GZipStream(File.Open(shipped, FileMode.Append), CompressionLevel.Fastest))
            more.Write("{}\n"u8);
        var error = Assert.Throws<InvalidDataException>(() => new ResultStore(_folder, shipped).Entries());
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Pruning_removes_what_is_damaged_or_unfinished_and_weights_only_when_asked()
    {
        var (sound, damaged) = (_runs.Run("stage-a"), _runs.Run("stage-c"));
        var store = new ResultStore(_folder);
        File.WriteAllText(Path.Combine(_folder, Compute(damaged).Key + ".json"), "{");
        Compute(sound);
        Directory.CreateDirectory(store.FilesOf("unfinished"));
        Directory.CreateDirectory(store.FilesOf("running"));
        using (store.TryLock("running"))
            Assert.Equal(1, store.Prune(weightsToo: false).Records);

        Assert.Equal(["running", sound.Key], Directory.GetDirectories(Path.Combine(_folder, "files")).Select(Path.GetFileName).OrderDescending());
        _ = store.Prune(weightsToo: true);
        Assert.Empty(Directory.GetDirectories(Path.Combine(_folder, "files")));
        Assert.NotNull(store.Find(sound));
    }

    [Fact]
    public void Weights_that_were_changed_are_a_defect()
    {
        var (run, store) = (_runs.Run("stage-a"), new ResultStore(_folder));
        var record = Compute(run);
        Assert.Empty(store.WeightsDefects(record));
        File.AppendAllText(store.WeightsPath(run.Key, "generator"), "!");
        Assert.Contains(run.Key, Assert.Single(store.WeightsDefects(record)), StringComparison.Ordinal);
    }

    private StoredRun Compute(PlannedRun run) => new RunQueue(new ResultStore(_folder), new ExperimentOptions { Folder = _folder }).Run([run])[0];
}
