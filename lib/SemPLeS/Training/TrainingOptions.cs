namespace SemPLeS.Training;

/// <summary>What does not change the result of a training.</summary>
public sealed record TrainingOptions
{
    /// <summary>File that the state is written to, and read from when it exists; null for none.</summary>
    public string? CheckpointPath { get; init; }

    /// <summary>Steps between checkpoints, at least 1; null: one at the end of each epoch.</summary>
    public int? CheckpointEverySteps
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "There is at least 1 step between checkpoints.");
    }

    /// <summary>Told after every step, before a checkpoint of it is written, on the caller's thread.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>
    /// Called with the number of epochs done, before the epoch's checkpoint is written, with the network in evaluation mode: after an interruption it may be
    /// called a second time for the same epoch.
    /// </summary>
    public Action<int>? AfterEpoch { get; init; }

    /// <summary>The clock for the seconds in records.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
