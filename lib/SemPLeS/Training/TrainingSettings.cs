using SemPLeS.Data;

namespace SemPLeS.Training;

/// <summary>All that decides, with the data and the starting weights, what a training ends with.</summary>
public sealed record TrainingSettings
{
    /// <summary>Passes over the images, at least 1.</summary>
    public required int Epochs { get; init; }

    /// <summary>Images in a step, at least 1. The last, incomplete batch of an epoch is left out.</summary>
    public required int BatchSize { get; init; }

    /// <summary>The learning rate of each step.</summary>
    public required LearningRateSchedule LearningRate { get; init; }

    /// <summary>What becomes of a picture before the network sees it.</summary>
    public required Augmentation Augmentation { get; init; }

    /// <summary>The optimiser and its constants.</summary>
    public OptimizerSettings Optimizer { get; init; } = new AdamWSettings();

    /// <summary>Drives order, augmentation and stochastic depth.</summary>
    public long Seed { get; init; }

    /// <summary>Steps of one epoch.</summary>
    /// <param name="images">Number of training images.</param>
    /// <exception cref="ArgumentException">They do not fill one batch.</exception>
    public int StepsPerEpoch(int images) => images >= BatchSize && BatchSize >= 1
        ? images / BatchSize
        : throw new ArgumentException($"{images} images do not fill one batch of {BatchSize}.", nameof(images));

    /// <summary>Checks what can be wrong without the data.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Epochs, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(BatchSize, 1);
        ArgumentNullException.ThrowIfNull(LearningRate);
        ArgumentNullException.ThrowIfNull(Augmentation);
        ArgumentNullException.ThrowIfNull(Optimizer);
        Optimizer.Validate();
    }
}
