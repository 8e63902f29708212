using FsCheck.Xunit;
using SemPLeS.Data;
using SemPLeS.Evaluation;
using Xunit;

namespace SemPLeS.Tests.Evaluation;

public sealed class ThresholdSweepTests
{
    [Property(Arbitrary = [typeof(ScoredImages)])]
    public void Every_threshold_scores_as_its_label_maps_do(ScoredImage first, ScoredImage second)
    {
        var levels = ScoredImages.Rule.Levels;
        var expected = levels.Select(level => Scores(level, first, second)).ToArray();

        var result = Swept(ScoredImages.Rule, first, second).Result();

        Assert.Equal(levels.Zip(expected, (level, scores) => new ThresholdPoint(level, scores.MeanIou)), result.Curve);
        var best = Array.FindIndex(expected, scores => scores.MeanIou == expected.Max(s => s.MeanIou));
        Assert.Equal(levels[best], result.Threshold);
        AssertSame(expected[best], result.Scores);
    }

    [Property(Arbitrary = [typeof(ScoredImages)])]
    public void Merged_workers_find_what_one_finds(ScoredImage first, ScoredImage second)
    {
        var worker = Swept(ScoredImages.Rule, first);

        worker.Merge(Swept(ScoredImages.Rule, second));

        var (merged, one) = (worker.Result(), Swept(ScoredImages.Rule, first, second).Result());
        Assert.Equal(one.Curve, merged.Curve);
        AssertSame(one.Scores, merged.Scores);
    }

    [Fact]
    public void A_score_that_equals_the_threshold_is_background()
    {
        var sweep = new ThresholdSweep(new FixedThreshold(.4), 2);
        sweep.Add(new LabelMap(2, 1, [0, 1]), new SeedMap(2, 1, [0, 0], [.4f, float.BitIncrement(.4f)]));

        Assert.Equal(1, sweep.Result().Scores.MeanIou);
    }

    [Fact]
    public void A_class_beyond_the_labels_is_an_error_that_names_it()
    {
        var sweep = new ThresholdSweep(new FixedThreshold(.4), 3);

        var error = Assert.Throws<ArgumentException>(() => sweep.Add(new LabelMap(1, 1, [2]), new SeedMap(1, 1, [2], [1])));

        Assert.Contains("value 2 at pixel 0", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(sweep.Result);
    }

    [Fact]
    public void Seeds_of_another_size_are_an_error() =>
        Assert.Throws<ArgumentException>(() => new ThresholdSweep(new FixedThreshold(.4), 3).Add(new LabelMap(2, 1, [0, 0]), new SeedMap(1, 2, [0, 0], [0, 0])));

    [Fact]
    public void Sweeps_of_different_rules_do_not_merge() =>
        Assert.Throws<ArgumentException>(() => new ThresholdSweep(new FixedThreshold(.4), 2).Merge(new ThresholdSweep(new FixedThreshold(.5), 2)));

    private static ThresholdSweep Swept(ThresholdRule rule, params ScoredImage[] images)
    {
        var sweep = new ThresholdSweep(rule, ScoredImages.Labels);
        foreach (var image in images)
            sweep.Add(image.Truth, image.Seeds);
        return sweep;
    }

    private static SegmentationScores Scores(float threshold, params ScoredImage[] images)
    {
        var matrix = new ConfusionMatrix(ScoredImages.Labels);
        foreach (var image in images)
            matrix.Add(image.Truth, image.Seeds.At(threshold));
        return matrix.Scores();
    }

    private static void AssertSame(SegmentationScores expected, SegmentationScores actual)
    {
        Assert.Equal(expected.Iou, actual.Iou);
        Assert.Equal(expected with { Iou = actual.Iou }, actual);
    }
}
