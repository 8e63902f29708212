using SemPLeS.Training;

namespace SemPLeS.Experiments.Store;

/// <summary>
/// Computes what a store lacks of some runs, each after those that it starts from. Two processes on one store share the work: what one is computing the
/// other leaves until it has nothing else to do, and then waits for.
/// </summary>
/// <param name="store">The store.</param>
/// <param name="options">Device, workers, progress and clock; each run gets a folder of the store for its own.</param>
/// <param name="progress">Told when a run begins, on the caller's thread.</param>
public sealed class RunQueue(ResultStore store, ExperimentOptions options, IProgress<QueueProgress>? progress = null)
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(.5);

    /// <summary>The store.</summary>
    public ResultStore Store => store;

    /// <summary>The runs that some runs need, those that start from another behind it, with what must be computed of them and how long that is likely to take.</summary>
    /// <param name="runs">The runs whose records are wanted.</param>
    /// <param name="fresh">Whether they and all they start from are computed though they are stored.</param>
    public IReadOnlyList<QueuedRun> Plan(IReadOnlyList<PlannedRun> runs, bool fresh = false) => Plan(runs, fresh, withWeights: false);

    private IReadOnlyList<QueuedRun> Plan(IReadOnlyList<PlannedRun> runs, bool fresh, bool withWeights)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var states = new OrderedDictionary<PlannedRun, RunState>();
        foreach (var run in runs)
            Add(run, isStart: withWeights);
        var seconds = StageSeconds();
        return [.. states.Select(item => new QueuedRun(item.Key, item.Value, store.Find(item.Key)?.WallSeconds ?? seconds.GetValueOrDefault((item.Key.Preset, item.Key.Stage))))];

        void Add(PlannedRun run, bool isStart)
        {
            var isStored = !fresh && store.Find(run) is not null;
            var isNeeded = !isStored || (isStart && !HasWeights(run));
            if (states.TryGetValue(run, out var before) && (!isNeeded || before is RunState.Missing or RunState.WeightsOnly))
                return;
            if (isNeeded)
            {
                foreach (var start in run.Starts.Values)
                    Add(start, isStart: true);
            }

            states.Remove(run);
            states[run] = !isNeeded ? (store.IsShipped(run) ? RunState.Shipped : RunState.Stored) : isStored ? RunState.WeightsOnly : RunState.Missing;
        }
    }

    /// <summary>Computes what is missing.</summary>
    /// <param name="runs">The runs whose records are wanted.</param>
    /// <param name="fresh">Whether they and all they start from are computed though they are stored.</param>
    /// <param name="cancellation">Ends the work; what was trained is saved, and the same call goes on from there.</param>
    /// <returns>The record of each run, in their order.</returns>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    /// <exception cref="IOException">The store can't be written to, or another process took a run over.</exception>
    public IReadOnlyList<StoredRun> Run(IReadOnlyList<PlannedRun> runs, bool fresh = false, CancellationToken cancellation = default) =>
        Follow(Plan(runs, fresh), runs, fresh, cancellation);

    private IReadOnlyList<StoredRun> Follow(IReadOnlyList<QueuedRun> plan, IReadOnlyList<PlannedRun> runs, bool fresh, CancellationToken cancellation)
    {
        var open = plan.Where(item => item.IsOpen).ToList();
        var (total, began) = (open.Count, options.Time.GetUtcNow());
        while (open.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var next = open.FindIndex(item => !item.Run.Starts.Values.Any(start => open.Any(other => other.Run.Equals(start))) && TryCompute(item));
            if (next >= 0)
            {
                open.RemoveAt(next);
            }
            else
            {
                Tell(open[0].Run, isWaiting: true);
                cancellation.WaitHandle.WaitOne(Wait);
            }
        }

        Tell(null, isWaiting: false);
        return [.. runs.Select(run => store.Find(run) ?? throw new InvalidOperationException($"{run} was computed, and is not in the store {store.Folder}."))];

        bool TryCompute(QueuedRun item)
        {
            using var held = store.TryLock(item.Run.Key);
            if (held is null)
                return false;
            var stored = store.Find(item.Run);
            // What another process finished meanwhile is not done twice.
            var isDone = stored is not null && HasWeights(item.Run) && (!fresh || stored.Finished >= began);
            if (isDone)
                return true;
            Tell(item.Run, isWaiting: false);
            Compute(item.Run, fresh ? null : stored, fresh, held, cancellation);
            return true;
        }

        void Tell(PlannedRun? run, bool isWaiting)
        {
            var left = open.Select(item => item.Seconds).ToArray();
            progress?.Report(new QueueProgress(run, total - open.Count, total, isWaiting, left.All(one => one is not null) ? TimeSpan.FromSeconds(left.Sum(one => one!.Value)) : null));
        }
    }

    /// <summary>Computes one run, if it or its weights are missing, and none that it starts from.</summary>
    /// <param name="run">The run.</param>
    /// <param name="cancellation">Ends the work; what was trained is saved.</param>
    /// <returns>Its record.</returns>
    /// <inheritdoc cref="Run" path="/exception"/>
    /// <exception cref="InvalidOperationException">The store lacks a run that it starts from, or its weights.</exception>
    public StoredRun RunAlone(PlannedRun run, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(run);
        var plan = Plan([run], fresh: false, withWeights: true);
        if (plan.FirstOrDefault(item => item.IsOpen && !item.Run.Equals(run)) is { } missing)
            throw new InvalidOperationException($"{run} starts from {missing.Run}, which the store {store.Folder} lacks: its job failed, or has not ended.");
        return Follow(plan, [run], fresh: false, cancellation)[0];
    }

    private void Compute(PlannedRun run, StoredRun? stored, bool fresh, RunClaim claim, CancellationToken cancellation)
    {
        var start = options.Time.GetTimestamp();
        var folder = store.FilesOf(run.Key);
        Directory.CreateDirectory(folder);
        var starts = run.Starts.ToDictionary(item => item.Key, item => new StartingPoint(store.Find(item.Value)!, WeightsOf(item.Value)));
        var product = run.Compute(new RunContext(options with { Folder = folder, Fresh = fresh }, starts, cancellation));
        if (!claim.IsHeld)
            throw new IOException($"{run} was taken over by another process, since this one showed no sign of life for {store.Lease}: the store {store.Folder} could not be reached, or the machine slept.");
        var weights = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (role, path) in product.Weights)
        {
            var kept = WeightsPath(run, role);
            File.Move(path, kept, overwrite: true);
            weights[role] = Fingerprint.OfFile(kept);
        }

        if (stored is null)
        {
            store.Add(new StoredRun
            {
                Key = run.Key,
                Numerics = PlannedRun.Numerics,
                Preset = run.Preset,
                World = run.World,
                Seed = run.Seed,
                Stage = run.Stage,
                EpochRule = run.EpochRule,
                ThresholdRule = run.ThresholdRule,
                Configuration = Sorted(run.Configuration),
                Data = Sorted(run.Data),
                Starts = Sorted(run.Starts.ToDictionary(item => item.Key, item => item.Value.Key)),
                Metrics = product.Metrics,
                Weights = weights,
                Seconds = product.Training.Seconds,
                WallSeconds = options.Time.GetElapsedTime(start).TotalSeconds,
                Finished = options.Time.GetUtcNow(),
                Machine = MachineRecord.Of(TorchSharp.torch.get_num_threads(), options.Device),
            }.Sealed());
        }

        // Checkpoints and masks have done their work.
        var keep = product.Weights.Keys.Select(role => WeightsPath(run, role)).ToHashSet();
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Where(file => !keep.Contains(file)).ToArray())
            File.Delete(file);
        foreach (var empty in Directory.GetDirectories(folder))
            Directory.Delete(empty, recursive: true);
    }

    private bool HasWeights(PlannedRun run) => run.WeightsRoles.All(role => File.Exists(WeightsPath(run, role)));

    private Dictionary<string, string> WeightsOf(PlannedRun run) => run.WeightsRoles.ToDictionary(role => role, role => WeightsPath(run, role));

    private string WeightsPath(PlannedRun run, string role) => store.WeightsPath(run.Key, role);

    /// <summary>The median wall time of each stage of a preset.</summary>
    private Dictionary<(string Preset, string Stage), double?> StageSeconds() => store.Entries().Select(entry => entry.Run).OfType<StoredRun>()
        .GroupBy(run => (run.Preset, run.Stage))
        .ToDictionary(group => group.Key, group => (double?)group.Select(run => run.WallSeconds).Order().ElementAt(group.Count() / 2));

    private static SortedDictionary<string, string> Sorted(IReadOnlyDictionary<string, string> texts) =>
        new(texts.ToDictionary(item => item.Key, item => item.Value), StringComparer.Ordinal);
}
