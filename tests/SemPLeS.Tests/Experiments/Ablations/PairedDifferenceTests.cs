using FsCheck.Xunit;
using SemPLeS.Experiments.Ablations;
using Xunit;

namespace SemPLeS.Tests.Experiments.Ablations;

public sealed class PairedDifferenceTests
{
    // Differences 1, 2, 3, 4, 5: mean 3, deviation sqrt(2.5); t(.975, 4) = 2.776445, so the reach is 1.963243.
    [Fact]
    public void The_interval_is_students_for_paired_samples()
    {
        var difference = PairedDifference.Of([11, 22, 33, 44, 55], [10, 20, 30, 40, 50]);
        Assert.Equal((5, 3.0), (difference.Worlds, difference.Mean));
        Assert.Equal(Math.Sqrt(2.5), difference.StandardDeviation, 1e-12);
        Assert.Equal(3 - 1.963243, difference.Low, 1e-6);
        Assert.Equal(3 + 1.963243, difference.High, 1e-6);
        Assert.True(difference.IsSure);
    }

    [Fact]
    public void One_pair_has_no_interval_and_is_never_sure()
    {
        var difference = PairedDifference.Of([50], [40]);
        Assert.Equal(10, difference.Mean);
        Assert.True(double.IsNaN(difference.Low) && double.IsNaN(difference.High) && double.IsNaN(difference.StandardDeviation));
        Assert.False(difference.IsSure);
    }

    [Property(MaxTest = 100)]
    public bool Worlds_that_differ_alike_in_both_rows_do_not_widen_the_interval(int[] worlds, int gain)
    {
        if (worlds.Length < 2)
            return true;
        double[] levels = [.. worlds.Select(world => world % 100)];
        double[] values = [.. levels.Select((level, i) => level + gain % 10 + .1 * (i % 3))];
        var (own, none) = (PairedDifference.Of(values, levels), PairedDifference.Of([.. values.Zip(levels, (value, level) => value - level)], new double[values.Length]));
        return Math.Abs(own.Low - none.Low) < 1e-9 && own.Low <= own.Mean && own.Mean <= own.High;
    }

    [Fact]
    public void Rows_of_other_worlds_can_not_be_paired() =>
        Assert.Throws<ArgumentException>(() => PairedDifference.Of([1, 2], [1]));

    [Fact]
    public void Worlds_and_training_seeds_are_told_apart()
    {
        // Worlds of means 11 and 21; within each the seeds are 2 apart: deviation sqrt(2).
        var summary = WorldSummary.Of([[10, 12], [20, 22]]);
        Assert.Equal([11, 21], summary.ByWorld);
        Assert.Equal(16, summary.Mean);
        Assert.Equal(Math.Sqrt(50), summary.StandardDeviation, 1e-12);
        Assert.Equal(Math.Sqrt(2), summary.SeedDeviation, 1e-12);
        Assert.True(double.IsNaN(WorldSummary.Of([[10], [20]]).SeedDeviation));
        Assert.Throws<ArgumentException>(() => WorldSummary.Of([[1, 2], [3]]));
    }

    [Theory]
    [InlineData(2, 3, "holds")]
    [InlineData(-3, -2, "other way round")]
    [InlineData(-1, 3, "points that way, but can't be told from noise")]
    [InlineData(-3, 1, "does not show")]
    public void A_verdict_follows_from_the_interval(double low, double high, string words)
    {
        var verdict = new AblationVerdict("c", "a", "seed mIoU", new PairedDifference(5, (low + high) / 2, 1, low, high), 1.1);
        Assert.Contains(words, verdict.ToString(), StringComparison.Ordinal);
        Assert.Contains("the paper's +1.1", verdict.ToString(), StringComparison.Ordinal);
    }
}
