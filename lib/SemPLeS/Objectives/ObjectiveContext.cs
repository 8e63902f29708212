using SemPLeS.MaskGenerator;
using static TorchSharp.torch;

namespace SemPLeS.Objectives;

/// <summary>What the terms of a loss may read of a training step.</summary>
public sealed record ObjectiveContext
{
    /// <summary>(B, K) float, 1 where the class is in the image and 0 elsewhere.</summary>
    public required Tensor Labels { get; init; }

    /// <summary>The mask generator's output for the batch.</summary>
    public required GeneratorOutput Generated { get; init; }
}
