using SemPLeS.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>What one step learns from.</summary>
/// <param name="Images">(B, 3, H, W), normalised.</param>
/// <param name="Labels">(B, K), 1 for a class in the image, else 0.</param>
/// <param name="Indices">Where the B images stand in their data set.</param>
/// <param name="Step">Counted from the start of training, from 0.</param>
/// <param name="Epoch">Counted from 0.</param>
/// <param name="Random">The step's own random numbers.</param>
/// <param name="Scope">What belongs to it lives until the step ends.</param>
/// <param name="Masks">(B, H, W), int64: a label for each pixel, 255 to be ignored; null where the training does not see masks.</param>
public sealed record TrainingStep(
    Tensor Images, Tensor Labels, IReadOnlyList<int> Indices, long Step, int Epoch, RandomStream Random, DisposeScope Scope, Tensor? Masks = null)
{
    /// <summary>Images and labels of the whole batch, where this is a part of it.</summary>
    public required (long Images, long Pairs) Batch { get; init; }
}
