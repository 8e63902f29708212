using SemPLeS.Experiments;
using Xunit;

namespace SemPLeS.Tests.Experiments;

public sealed class MiniSizeTests
{
    [Theory]
    [InlineData(null, "mini")]
    [InlineData("", "mini")]
    [InlineData("mini", "mini")]
    [InlineData("mini-smoke", "mini-smoke")]
    public void A_size_is_found_by_the_presets_name(string? name, string expected) => Assert.Equal(expected, MiniSize.Named(name).Name);

    [Fact]
    public void An_unknown_preset_is_an_error_that_names_it() =>
        Assert.Contains("voc12", Assert.Throws<ArgumentException>(() => MiniSize.Named("voc12")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_size_sets_pictures_and_epochs_of_phase_1_and_of_every_stage()
    {
        var plan = MiniStagePreset.Plan(world: 0, size: MiniSize.Smoke);
        Assert.Equal(("mini-smoke", 200, 1), (plan.Phase1.Preset, plan.Phase1.Train.Count, plan.Phase1.Settings.Epochs));
        Assert.Equal([200, 40, 40], plan.Phase1.Scores.Select(score => score.Images.Count).Prepend(plan.Images.Count));
        Assert.All([plan.Settings.Matching, plan.Settings.Prompting, plan.Settings.Refinement], stage => Assert.Equal(1, stage.Training.Epochs));
    }
}
