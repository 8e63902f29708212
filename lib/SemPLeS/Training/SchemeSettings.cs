using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>All that decides, with the data, CLIP and the weights of phase 1, what a scheme ends with.</summary>
public sealed record SchemeSettings
{
    /// <summary>What is added to a stage's seed in each further round.</summary>
    public const int SeedsBetweenRounds = 10;

    /// <summary>The order of the stages.</summary>
    public Scheme Scheme { get; init; } = Scheme.Sequential;

    /// <summary>Stage a.</summary>
    public required StageSettings Matching { get; init; }

    /// <summary>Stage b. Its seed draws the first prompts too. Of a joint scheme: the prompts' loss, learning rate and optimiser, and the seed.</summary>
    public required StageSettings Prompting { get; init; }

    /// <summary>Stage c; of a joint scheme the one run.</summary>
    public required StageSettings Refinement { get; init; }

    /// <summary>Vectors of a prompt: 30 in the paper.</summary>
    public int PromptLength { get; init; } = 30;

    /// <summary>The generator's stochastic depth in stages a and c, in [0, 1).</summary>
    public double StochasticDepth { get; init; }

    /// <summary>
    /// The type in which the generator's trunk computes, which does not learn here: Float32, or BFloat16 for time and memory of a GPU. CLIP's is the caller's
    /// (<see cref="Clip.ClipModel.Precision"/>). Losses and what learns are float32.
    /// </summary>
    public ScalarType Frozen { get; init; } = ScalarType.Float32;

    /// <summary>The type in which weights are stored between the stages; what comes next is what was stored.</summary>
    public ScalarType Stored { get; init; } = ScalarType.Float32;
}
