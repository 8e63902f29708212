using System.Globalization;
using static TorchSharp.torch;

namespace SemPLeS.Experiments;

/// <summary>
/// Makes the generators that <see cref="MiniPreset.Phase1Start"/> begins with: phase 1's losses on 12 tags, of objects and backgrounds, and on scenes that
/// don't link the two, stand in for ImageNet.
/// </summary>
public static class MiniPretraining
{
    /// <summary>The pre-training of a world, without scores; <see cref="Phase1Experiment.Train"/> runs it.</summary>
    /// <param name="world">The world.</param>
    public static Phase1Plan Plan(int world) => new()
    {
        Preset = $"{MiniPreset.Name}-pretraining",
        World = world.ToString(CultureInfo.InvariantCulture),
        Seed = 0,
        Train = new MiniPretrainingImages(world, MiniPreset.PretrainingScenes),
        Settings = MiniPreset.Pretraining(world),
        Start = () => MiniPreset.PretrainingStart(world),
        Stored = ScalarType.Float16,
        Scores = [],
    };
}
