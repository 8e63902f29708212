using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>A phase-1 experiment before it runs: what is trained, on what, and how its seeds are scored.</summary>
public sealed record Phase1Plan
{
    /// <summary>The preset's name.</summary>
    public required string Preset { get; init; }

    /// <summary>What the pictures are: a world's number, or a folder's name.</summary>
    public required string World { get; init; }

    /// <summary>The training's seed.</summary>
    public required int Seed { get; init; }

    /// <summary>Pictures to learn from.</summary>
    public required ILabelledImages Train { get; init; }

    /// <summary>The schedule.</summary>
    public required TrainingSettings Settings { get; init; }

    /// <summary>Makes the generator that the training starts from.</summary>
    public required Func<WeakTrGenerator> Start { get; init; }

    /// <summary>Whether what <see cref="Start"/> makes was trained elsewhere: it is stored and scored, and nothing is learned.</summary>
    public bool IsTrained { get; init; }

    /// <summary>The type in which weights are stored. What is scored is what was stored.</summary>
    public ScalarType Stored { get; init; } = ScalarType.Float32;

    /// <summary>How seeds are scored, on which pictures.</summary>
    public required IReadOnlyList<PlannedScore> Scores { get; init; }
}
