using SemPLeS.Experiments.Store;
using SemPLeS.Training;

namespace SemPLeS.Tests.Experiments.Store;

/// <summary>Runs that train nothing: each writes a file and counts itself.</summary>
internal sealed class CountedRuns
{
    /// <summary>Stages in the order in which they were computed.</summary>
    public List<string> Computed { get; } = [];

    /// <summary>Called while a run is computed.</summary>
    public Action<RunContext>? During { get; set; }

    public PlannedRun Run(string stage, int seed = 0, double value = 1, params (string Role, PlannedRun Run)[] starts) => new()
    {
        Preset = "counted",
        World = "w",
        Seed = seed,
        Stage = stage,
        Configuration = new Dictionary<string, string> { ["value"] = FormattableString.Invariant($"{value}") },
        Data = new Dictionary<string, string> { ["pictures"] = "abc" },
        Starts = starts.ToDictionary(start => start.Role, start => start.Run),
        WeightsRoles = ["generator"],
        Compute = context =>
        {
            lock (Computed)
                Computed.Add(stage);
            During?.Invoke(context);
            var from = starts.Select(start => File.ReadAllText(context.Weights(start.Role, "generator")));
            var path = Path.Combine(context.Options.Folder, stage + ".safetensors");
            File.WriteAllText(path, string.Join('+', from.Append(stage)));
            File.WriteAllText(Path.Combine(context.Options.Folder, stage + ".checkpoint.safetensors"), "checkpoint");
            return new RunProduct(
                new Dictionary<string, string> { ["generator"] = path }, [new RunMetric("train", "seed_miou", value)], new TrainingRecord(stage, 1, 0, [], 2));
        },
    };
}
