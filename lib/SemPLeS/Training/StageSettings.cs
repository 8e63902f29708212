using SemPLeS.Objectives;

namespace SemPLeS.Training;

/// <summary>All that decides, with the data, CLIP and the starting weights, what a stage ends with.</summary>
public sealed record StageSettings
{
    /// <summary>Schedule, augmentation, optimiser and seed.</summary>
    public required TrainingSettings Training { get; init; }

    /// <summary>The loss.</summary>
    public required ObjectiveSum Objectives { get; init; }

    /// <summary>What the masks' min-max normalisation adds to their range, above 0: 0.1 in the authors' stages a and c, 1e-4 in their stage b.</summary>
    public required double MaskEpsilon
    {
        get;
        init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The masks' epsilon must be above 0.");
    }
}
