namespace SemPLeS.Experiments.Store;

/// <summary>How far a queue of runs is.</summary>
/// <param name="Run">The run that begins, or is waited for; null at the end.</param>
/// <param name="Done">Runs done.</param>
/// <param name="Total">Runs that there are to do.</param>
/// <param name="IsWaiting">Whether another process computes it.</param>
/// <param name="Remaining">Estimate of the time left; null where a stage was never run before.</param>
public sealed record QueueProgress(PlannedRun? Run, int Done, int Total, bool IsWaiting, TimeSpan? Remaining);
