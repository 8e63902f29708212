using SemPLeS.Training;

namespace SemPLeS.Segmentation;

/// <summary>All that decides, with the pictures, their masks and the starting weights, what online retraining ends with.</summary>
public sealed record RetrainingSettings
{
    /// <summary>Schedule, optimiser and seed; the augmentation is one of masks. The rate is the mask transformer's.</summary>
    public required TrainingSettings Training { get; init; }

    /// <summary>The loss.</summary>
    public PatchClippedCrossEntropy Loss { get; init; } = new();

    /// <summary>The encoder learns at this share of the rate, above 0: 0.1 in WeakTr.</summary>
    public double EncoderRate
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The encoder's share of the learning rate must be above 0.");
    } = .1;
}
