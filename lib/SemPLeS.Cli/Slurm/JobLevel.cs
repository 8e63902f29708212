using SemPLeS.Experiments.Store;

namespace SemPLeS.Cli.Slurm;

/// <summary>Runs that wait for the same levels before them: one job array.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Runs">The runs; a job each.</param>
/// <param name="After">Numbers of the levels in which runs are that these start from.</param>
internal sealed record JobLevel(int Number, IReadOnlyList<QueuedRun> Runs, IReadOnlyList<int> After)
{
    /// <summary>The level's job array.</summary>
    /// <param name="settings">What jobs run on.</param>
    /// <param name="atOnce">Images that go through the networks at once; null: whole batches.</param>
    public JobArray Array(ClusterSettings settings, int? atOnce) => new(
        Number,
        Runs.Select(item => item.Run.Stage).Order(StringComparer.Ordinal).First(),
        [.. Runs.Select(item => $"--run {item.Run.Key}")],
        JobNeeds.Most([.. Runs.Select(item => JobNeeds.Of(settings, item.Run.Price?.Invoke(atOnce), item.Seconds))]),
        After);

    /// <summary>Sorts what must be computed by its depth; what is stored makes no level.</summary>
    public static IReadOnlyList<JobLevel> Of(IReadOnlyList<QueuedRun> plan)
    {
        var open = plan.Where(item => item.IsOpen).ToList();
        var depths = new Dictionary<PlannedRun, int>();
        // Runs stand behind those that they start from.
        foreach (var item in open)
            depths[item.Run] = 1 + item.Run.Starts.Values.Max(start => (int?)depths.GetValueOrDefault(start)) ?? 1;
        return
        [
            .. open.GroupBy(item => depths[item.Run]).OrderBy(level => level.Key).Select(level => new JobLevel(
                level.Key,
                [.. level],
                [.. level.SelectMany(item => item.Run.Starts.Values).Where(depths.ContainsKey).Select(start => depths[start]).Distinct().Order()])),
        ];
    }
}
