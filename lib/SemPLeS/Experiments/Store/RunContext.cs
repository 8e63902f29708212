namespace SemPLeS.Experiments.Store;

/// <summary>What a run is given to compute with.</summary>
/// <param name="Options">The run's own folder, device, workers, progress and clock.</param>
/// <param name="Starts">The runs that it starts from, by role.</param>
/// <param name="Cancellation">Ends the run; what was trained is saved.</param>
public sealed record RunContext(ExperimentOptions Options, IReadOnlyDictionary<string, StartingPoint> Starts, CancellationToken Cancellation)
{
    /// <summary>A weights file of a run that this one starts from.</summary>
    /// <param name="role">The run's role.</param>
    /// <param name="weights">Which of its files: generator or prompts.</param>
    public string Weights(string role, string weights) => Starts[role].Weights[weights];
}
