using SemPLeS.Evaluation;
using Xunit;

namespace SemPLeS.Tests.Evaluation;

public sealed class ThresholdRuleTests
{
    [Theory]
    [InlineData(.05, .99, .02, 48, .99f)]
    [InlineData(.05, .95, .01, 91, .95f)]
    [InlineData(.1, .35, .1, 3, .3f)]
    public void A_grid_goes_up_to_its_last_threshold(double from, double to, double step, int count, float last)
    {
        var levels = new BestThreshold(from, to, step).Levels;

        Assert.Equal(count, levels.Count);
        Assert.Equal((float)from, levels[0]);
        Assert.Equal(last, levels[^1], 1e-6f);
    }

    [Fact]
    public void The_best_of_a_grid_is_found_behind_a_dip()
    {
        var rule = new BestThreshold(0, .4, .1);

        Assert.Equal(3, rule.Choose([.1, .3, .2, .5, .5]));
    }

    [Theory]
    [InlineData(1, new[] { .1, .3, .2, .5, .5 })]
    [InlineData(0, new[] { .5, .4, .6, .7, .8 })]
    [InlineData(2, new[] { .1, .1, .3, .3, .2 })]
    [InlineData(4, new[] { .1, .2, .3, .4, .5 })]
    public void A_rising_threshold_stops_where_the_score_falls(int chosen, double[] meanIou) =>
        Assert.Equal(chosen, new RisingThreshold().Choose(meanIou));

    [Fact]
    public void WeakTr_starts_at_two_fifths_and_rises_by_a_hundredth() =>
        Assert.Equal([.40f, .41f, .42f], new RisingThreshold().Levels.Take(3));

    [Fact]
    public void Rules_of_equal_settings_are_equal()
    {
        Assert.Equal(new BestThreshold(.05, .99, .02), new BestThreshold(.05, .99, .02));
        Assert.NotEqual<ThresholdRule>(new BestThreshold(.4, .99, .01), new RisingThreshold());
    }

    [Fact]
    public void Every_rule_says_how_it_chooses()
    {
        Assert.Equal("best mIoU of 0.05 to 0.99 by 0.02", new BestThreshold(.05, .99, .02).Description);
        Assert.Equal("from 0.40 up by 0.01 until mIoU falls", new RisingThreshold().Description);
        Assert.Equal("fixed at 0.325", new FixedThreshold(.325).Description);
    }

    [Fact]
    public void Settings_out_of_range_are_errors_that_name_them()
    {
        Assert.Throws<ArgumentOutOfRangeException>("from", () => new BestThreshold(-.1, .9, .1));
        Assert.Throws<ArgumentOutOfRangeException>("to", () => new BestThreshold(.5, .4, .1));
        Assert.Throws<ArgumentOutOfRangeException>("step", () => new BestThreshold(.1, .9, 0));
        Assert.Throws<ArgumentOutOfRangeException>("from", () => new RisingThreshold(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>("value", () => new FixedThreshold(1.5));
    }
}
