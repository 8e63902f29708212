using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>A run of the whole method before it begins: phase 1, then the stages of a scheme, each generator scored as phase 1's is.</summary>
public sealed record SemPLeSPlan
{
    /// <summary>The preset, the world, the training's seed, phase 1 and how seeds are scored.</summary>
    public required Phase1Plan Phase1 { get; init; }

    /// <summary>Loads the CLIP, on the CPU.</summary>
    public required Func<ClipModel> Clip { get; init; }

    /// <summary>Gives a CLIP, which is on the device, its label texts.</summary>
    public required Func<ClipModel, Device, StageClip> Labels { get; init; }

    /// <summary>The tokens around the prompts.</summary>
    public required PromptTemplate Template { get; init; }

    /// <summary>What the stages learn from.</summary>
    public required ILabelledImages Images { get; init; }

    /// <summary>The scheme and its stages.</summary>
    public required SchemeSettings Settings { get; init; }
}
