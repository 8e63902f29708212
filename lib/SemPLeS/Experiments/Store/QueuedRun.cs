namespace SemPLeS.Experiments.Store;

/// <summary>A run on the way to a table.</summary>
/// <param name="Run">The run.</param>
/// <param name="State">Whether there is something to do.</param>
/// <param name="Seconds">What it took, or is likely to take from earlier records of the same stage; null where there is none.</param>
public sealed record QueuedRun(PlannedRun Run, RunState State, double? Seconds)
{
    /// <summary>Whether the run, or its weights, must be computed.</summary>
    public bool IsOpen => State is RunState.Missing or RunState.WeightsOnly;
}
