using SemPLeS.Experiments.Store;

namespace SemPLeS.Experiments.Ablations;

/// <summary>Makes tables: whatever of them is not in the store yet is computed.</summary>
public static class Ablation
{
    /// <summary>Table 1: seeds and masks.</summary>
    /// <inheritdoc cref="Make"/>
    public static AblationResult Table1(AblationPreset preset, int worlds, RunQueue queue, int seeds = 1, bool fresh = false, CancellationToken cancellation = default) =>
        Make(AblationTables.Table1, preset, worlds, queue, seeds, fresh, cancellation);

    /// <summary>Table 4: the terms of the loss.</summary>
    /// <inheritdoc cref="Make"/>
    public static AblationResult Table4(AblationPreset preset, int worlds, RunQueue queue, int seeds = 1, bool fresh = false, CancellationToken cancellation = default) =>
        Make(AblationTables.Table4, preset, worlds, queue, seeds, fresh, cancellation);

    /// <summary>Table 5: the weight of L_refine.</summary>
    /// <inheritdoc cref="Make"/>
    public static AblationResult Table5(AblationPreset preset, int worlds, RunQueue queue, int seeds = 1, bool fresh = false, CancellationToken cancellation = default) =>
        Make(AblationTables.Table5, preset, worlds, queue, seeds, fresh, cancellation);

    /// <summary>Table 6: the learning schemes.</summary>
    /// <inheritdoc cref="Make"/>
    public static AblationResult Table6(AblationPreset preset, int worlds, RunQueue queue, int seeds = 1, bool fresh = false, CancellationToken cancellation = default) =>
        Make(AblationTables.Table6, preset, worlds, queue, seeds, fresh, cancellation);

    /// <summary>Makes a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="preset">What it is made on.</param>
    /// <param name="worlds">Number of worlds, from 0: the seeds over which rows are paired.</param>
    /// <param name="queue">The store and how runs are computed.</param>
    /// <param name="seeds">Number of training seeds on each world, from 0.</param>
    /// <param name="fresh">Whether every run is computed anew.</param>
    /// <param name="cancellation">Ends the work; what was trained is saved.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or the preset has fewer worlds.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled; the same call goes on from there.</exception>
    /// <exception cref="Training.TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">A file is damaged.</exception>
    public static AblationResult Make(
        AblationTable table, AblationPreset preset, int worlds, RunQueue queue, int seeds = 1, bool fresh = false, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(queue);
        var runs = table.Runs(preset, worlds, seeds);
        _ = queue.Run(runs, fresh, cancellation);
        return Read(table, preset, worlds, queue, seeds)!;
    }

    /// <summary>Reads a table from the store, and computes nothing.</summary>
    /// <param name="table">The table.</param>
    /// <param name="preset">What it is made on.</param>
    /// <param name="worlds">Number of worlds, from 0.</param>
    /// <param name="queue">The store.</param>
    /// <param name="seeds">Number of training seeds on each world, from 0.</param>
    /// <returns>Null where a run is missing.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or the preset has fewer worlds.</exception>
    public static AblationResult? Read(AblationTable table, AblationPreset preset, int worlds, RunQueue queue, int seeds = 1)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(queue);
        AblationTable.Require(preset, worlds, seeds);
        var (worldNumbers, seedNumbers) = (Enumerable.Range(0, worlds).ToArray(), Enumerable.Range(0, seeds).ToArray());
        var shown = table.Rows.Select(row => (
            from world in worldNumbers
            from seed in seedNumbers
            select (World: world, Seed: seed, Runs: row.Runs(preset, world, seed))).ToArray()).ToArray();
        var found = new Dictionary<PlannedRun, StoredRun>();
        foreach (var run in Behind(shown.SelectMany(row => row).SelectMany(cell => cell.Runs)))
        {
            if (queue.Store.Find(run) is { } stored)
                found[run] = stored;
        }

        if (shown.SelectMany(row => row).SelectMany(cell => cell.Runs).Any(run => !found.ContainsKey(run)))
            return null;
        var cells = shown.Select(row => (IReadOnlyList<AblationCell>)
        [
            .. row.Select(cell => new AblationCell(cell.World, cell.Seed, [.. table.Columns.Select(column => Value(column, cell.Runs, found))])),
        ]).ToArray();
        var (rows, verdicts) = Summarise(table, cells, worldNumbers, preset.Unit);
        return new AblationResult(table)
        {
            Preset = preset.Name,
            Worlds = worldNumbers,
            Unit = preset.Unit,
            Seeds = seedNumbers,
            Rows = rows,
            Verdicts = verdicts,
            Split = preset.Split,
            EpochRule = Distinct(run => run.EpochRule),
            ThresholdRule = Distinct(run => run.ThresholdRule),
            Hardware = [.. found.Values.Select(run => Hardware(run.Machine)).Distinct().Order(StringComparer.Ordinal)],
            Versions = [.. found.Values.Select(run => run.Machine.Library).Distinct().Order(StringComparer.Ordinal)],
            Runs = found.Count,
            DeviceHours = found.Values.Sum(run => run.WallSeconds) / 3600,
        };

        string Distinct(Func<StoredRun, string> text) => string.Join("; ", found.Values.Select(text).Where(one => one.Length > 0).Distinct());
    }

    /// <summary>Rows with their means and differences, and the claims judged.</summary>
    internal static (IReadOnlyList<AblationRowResult> Rows, IReadOnlyList<AblationVerdict> Verdicts) Summarise(
        AblationTable table, IReadOnlyList<IReadOnlyList<AblationCell>> cells, int[] worlds, string unit)
    {
        var summaries = cells.Select(row => table.Columns.Select((_, column) => Summary(row, worlds, column)).ToArray()).ToArray();
        return (
            [
                .. table.Rows.Select((row, i) => new AblationRowResult(
                    row.Name, row.Paper, i == 0 ? null : row.Paper - table.Rows[0].Paper, row.Value, cells[i], summaries[i], i == 0 ? null : Difference(i, 0, 0))),
            ],
            [
                .. from claim in table.Claims
                   let difference = Difference(claim.Higher, claim.Lower, claim.Column)
                   where difference is not null
                   let paper = claim.Column == 0 ? table.Rows[claim.Higher].Paper - table.Rows[claim.Lower].Paper : null
                   select new AblationVerdict(table.Rows[claim.Higher].Name, table.Rows[claim.Lower].Name, table.Columns[claim.Column].Heading, difference, paper, unit),
            ]);

        PairedDifference? Difference(int row, int baseline, int column) => (summaries[row][column], summaries[baseline][column]) is ({ } one, { } other)
            ? PairedDifference.Of(one.ByWorld, other.ByWorld)
            : null;
    }

    private static WorldSummary? Summary(IReadOnlyList<AblationCell> cells, int[] worlds, int column) =>
        cells.All(cell => cell.Values[column] is not null)
            ? WorldSummary.Of([.. worlds.Select(world => cells.Where(cell => cell.World == world).Select(cell => cell.Values[column]!.Value).ToArray())])
            : null;

    private static double? Value(AblationColumn column, IReadOnlyList<PlannedRun> runs, Dictionary<PlannedRun, StoredRun> found)
    {
        return column.Metric switch
        {
            AblationColumn.Seconds => Seconds(run => run.Stage != Training.Phase1.Name),
            AblationColumn.TrainingSeconds => Seconds(run => run.Stage != SegmentationOutcome.Stage),
            AblationColumn.Parameters => Behind(runs).Where(run => run.Stage != SegmentationOutcome.Stage).Sum(run => run.Parameters?.Invoke() ?? 0) / 1e6,
            _ => runs.Select(run => found[run].Value(column.Split, column.Metric)).FirstOrDefault(value => value is not null),
        };

        double? Seconds(Func<PlannedRun, bool> counts)
        {
            double?[] seconds = [.. Behind(runs).Where(counts).Select(run => found.GetValueOrDefault(run)?.Seconds)];
            return seconds.All(one => one is not null) ? seconds.Sum() : null;
        }
    }

    /// <summary>Runs and all that they start from, each once.</summary>
    private static HashSet<PlannedRun> Behind(IEnumerable<PlannedRun> runs)
    {
        var all = new HashSet<PlannedRun>();
        var open = new Stack<PlannedRun>(runs);
        while (open.TryPop(out var run))
        {
            if (!all.Add(run))
                continue;
            foreach (var start in run.Starts.Values)
                open.Push(start);
        }

        return all;
    }

    /// <summary>What runs were computed on, in words.</summary>
    internal static string Hardware(MachineRecord machine) => $"{machine.Device}, {machine.Threads} of {machine.Processors} processors, {machine.System}";
}
