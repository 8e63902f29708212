using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Experiments;

/// <summary>The other methods' presets on the miniature worlds.</summary>
public sealed class MiniRivalTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Clims_threshold_is_the_third_quartile_of_a_worlds_cosines_with_its_backgrounds(int world)
    {
        using var model = ClipModel.Load(MiniClipPreset.WeightsPath(world));
        using var clip = MiniStagePreset.Clip(model, CPU);
        Assert.Equal(MiniRivalPreset.Clims(world).Threshold, CoOccurrenceThreshold.Measure(clip, MiniStagePreset.Images(world), ChannelStatistics.ImageNet, CPU), 5e-4);
    }
}
