using SemPLeS.Experiments;
using SemPLeS.Experiments.Store;
using Xunit;

namespace SemPLeS.Tests.Experiments.Store;

public sealed class RunQueueTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("queue").FullName;
    private readonly CountedRuns _runs = new();

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void What_runs_share_is_computed_once_and_before_them()
    {
        var start = _runs.Run("phase-1");
        var results = Queue().Run([_runs.Run("stage-c", starts: [("generator", start)]), _runs.Run("stage-a", starts: [("generator", _runs.Run("phase-1"))]), start]);
        Assert.Equal(["phase-1", "stage-c", "stage-a"], _runs.Computed);
        Assert.Equal(["stage-c", "stage-a", "phase-1"], results.Select(result => result.Stage));
        Assert.Equal("phase-1+stage-c", File.ReadAllText(new ResultStore(_folder).WeightsPath(results[0].Key, "generator")));
    }

    [Fact]
    public void A_second_call_computes_nothing()
    {
        var run = _runs.Run("stage-c", starts: [("generator", _runs.Run("phase-1"))]);
        var first = Queue().Run([run]);
        Assert.Equal(first, Queue().Run([run]), (one, other) => one.Checksum == other.Checksum);
        Assert.Equal(2, _runs.Computed.Count);
    }

    [Fact]
    public void Fresh_computes_all_again_each_once()
    {
        var start = _runs.Run("phase-1");
        PlannedRun[] runs = [_runs.Run("stage-a", starts: [("generator", start)]), _runs.Run("stage-c", starts: [("generator", start)])];
        _ = Queue().Run(runs);
        _runs.Computed.Clear();
        _ = Queue().Run(runs, fresh: true);
        Assert.Equal(["phase-1", "stage-a", "stage-c"], _runs.Computed);
    }

    [Fact]
    public void An_interrupted_queue_goes_on_where_it_stopped()
    {
        using var stop = new CancellationTokenSource();
        var run = _runs.Run("stage-c", starts: [("generator", _runs.Run("phase-1"))]);
        _runs.During = _ => stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => Queue().Run([run], cancellation: stop.Token));
        Assert.Equal(["phase-1"], _runs.Computed);

        _runs.During = null;
        _ = Queue().Run([run]);
        Assert.Equal(["phase-1", "stage-c"], _runs.Computed);
    }

    [Fact]
    public void A_run_that_fails_leaves_no_record_and_its_files_to_go_on_from()
    {
        var run = _runs.Run("stage-a");
        _runs.During = context =>
        {
            File.WriteAllText(Path.Combine(context.Options.Folder, "half"), string.Empty);
            throw new InvalidDataException("broken");
        };
        Assert.Throws<InvalidDataException>(() => Queue().Run([run]));
        Assert.Null(new ResultStore(_folder).Find(run));

        _runs.During = context => Assert.True(File.Exists(Path.Combine(context.Options.Folder, "half")));
        _ = Queue().Run([run]);
    }

    [Fact]
    public void Only_weights_are_kept_of_a_finished_run()
    {
        var record = Queue().Run([_runs.Run("stage-a")])[0];
        Assert.Equal(["generator.weights.safetensors"], Directory.GetFiles(new ResultStore(_folder).FilesOf(record.Key)).Select(Path.GetFileName));
    }

    [Fact]
    public void Weights_that_are_gone_are_made_again_and_the_record_remains()
    {
        var start = _runs.Run("phase-1");
        var before = Queue().Run([start])[0];
        _ = new ResultStore(_folder).Prune(weightsToo: true);

        var run = _runs.Run("stage-c", starts: [("generator", start)]);
        Assert.Equal([RunState.WeightsOnly, RunState.Missing], Queue().Plan([run]).Select(item => item.State));
        _ = Queue().Run([run]);
        Assert.Equal(["phase-1", "phase-1", "stage-c"], _runs.Computed);
        Assert.Equal(before.Checksum, new ResultStore(_folder).Find(start)!.Checksum);
    }

    [Fact]
    public void The_plan_tells_what_is_stored_and_prices_the_rest_from_earlier_records()
    {
        _ = Queue().Run([_runs.Run("stage-a")]);
        var plan = Queue().Plan([_runs.Run("stage-a"), _runs.Run("stage-a", seed: 1), _runs.Run("stage-c")]);
        Assert.Equal([RunState.Stored, RunState.Missing, RunState.Missing], plan.Select(item => item.State));
        Assert.NotNull(plan[1].Seconds);
        Assert.Null(plan[2].Seconds);
        Assert.Single(_runs.Computed);
    }

    [Fact]
    public async Task Two_queues_on_one_store_share_the_runs()
    {
        PlannedRun[] runs = [.. Enumerable.Range(0, 12).Select(seed => _runs.Run("stage-a", seed, seed))];
        _runs.During = _ => Thread.Sleep(10);
        var results = await Task.WhenAll(Task.Run(() => Queue().Run(runs)), Task.Run(() => Queue().Run(runs)));
        Assert.Equal(runs.Length, _runs.Computed.Count);
        Assert.All(results, result => Assert.Equal(Enumerable.Range(0, 12), result.Select(run => (int)run.Value("train", "seed_miou")!)));
    }

    [Fact]
    public async Task A_run_that_another_computes_is_waited_for()
    {
        var run = _runs.Run("stage-a");
        var (store, waiting) = (new ResultStore(_folder), new TaskCompletionSource());
        Task<IReadOnlyList<StoredRun>> other;
        using (store.TryLock(run.Key))
        {
            other = Task.Run(() => new RunQueue(new ResultStore(_folder), new ExperimentOptions { Folder = _folder }, new Told(progress =>
            {
                if (progress.IsWaiting)
                    waiting.TrySetResult();
            })).Run([run]));
            await waiting.Task.WaitAsync(TimeSpan.FromSeconds(30));
            Assert.Empty(_runs.Computed);
        }

        Assert.Single(await other);
    }

    private RunQueue Queue() => new(new ResultStore(_folder), new ExperimentOptions { Folder = _folder });

    private sealed class Told(Action<QueueProgress> tell) : IProgress<QueueProgress>
    {
        public void Report(QueueProgress value) => tell(value);
    }
}
