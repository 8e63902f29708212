using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>Where an experiment runs and what it tells; nothing here changes its numbers but device and threads, by rounding.</summary>
public sealed record ExperimentOptions
{
    /// <summary>Folder for checkpoints and weights.</summary>
    public required string Folder { get; init; }

    /// <summary>Where tensors are.</summary>
    public Device Device { get; init; } = CPU;

    /// <summary>Pictures that are scored at once.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Images of phase 1 and of the stages that go through the networks at once; null: the whole batch.</summary>
    public int? MicroBatch { get; init; }

    /// <summary>Whether to forget an earlier, unfinished or finished, run in the same folder.</summary>
    public bool Fresh { get; init; }

    /// <summary>Told after each training step, on the caller's thread.</summary>
    public IProgress<TrainingProgress>? Training { get; init; }

    /// <summary>Told while seeds are scored, from any thread: the score, pictures done, pictures in all.</summary>
    public Action<PlannedScore, int, int>? Scoring { get; init; }

    /// <summary>Told while a Segmenter labels pictures, from any thread: the pictures' name, pictures done, pictures in all.</summary>
    public Action<string, int, int>? Labelling { get; init; }

    /// <summary>Told of each look at the watched pictures of a retraining: epochs done, mIoU in 0..1.</summary>
    public Action<int, double>? Looked { get; init; }

    /// <summary>The clock for the seconds in records.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
