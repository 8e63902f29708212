namespace SemPLeS.Training;

/// <summary>What does not change the result of a training, but for rounding.</summary>
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

    /// <summary>
    /// Images that go through the networks at once, at least 1; null: the whole batch. Gradients of the parts add up to the batch's, so the result differs by
    /// rounding, and a smaller GPU will do.
    /// </summary>
    public int? MicroBatch
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least 1 image goes through the networks at once.");
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
