using SemPLeS.Experiments;
using Xunit;

namespace SemPLeS.Tests.Experiments;

public sealed class ResultSummaryTests
{
    private static readonly ResultRecord Record = new("mini", "0", 0, "phase-1", "train", "seed_miou", 33.2);

    [Fact]
    public void Mean_and_deviation_are_those_of_the_reference_implementation_s_five_worlds()
    {
        double[] values = [33.2, 40.9, 32.8, 34.9, 31.7];

        var summary = Assert.Single(ResultSummary.Of(values.Select((value, world) => Record with { World = $"{world}", Value = value })));

        Assert.Equal(5, summary.Worlds);
        Assert.Equal(34.7, summary.Mean, .05);
        Assert.Equal(3.7, summary.StandardDeviation, .05);
    }

    [Fact]
    public void Metrics_and_splits_are_summed_up_apart_and_one_world_has_no_deviation()
    {
        var summaries = ResultSummary.Of([Record, Record with { Split = "val" }, Record with { Metric = "false_activation", Value = 38 }]);

        Assert.Equal([("train", "seed_miou"), ("val", "seed_miou"), ("train", "false_activation")], summaries.Select(summary => (summary.Split, summary.Metric)));
        Assert.All(summaries, summary => Assert.True(double.IsNaN(summary.StandardDeviation)));
    }
}
