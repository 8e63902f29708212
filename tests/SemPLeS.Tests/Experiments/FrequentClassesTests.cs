using SemPLeS.Data.MiniWorld;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using Xunit;

namespace SemPLeS.Tests.Experiments;

public sealed class FrequentClassesTests
{
    [Fact]
    public void A_class_is_frequent_from_ten_pictures_on()
    {
        var images = new MiniWorldImages(0, MiniWorldSet.Train, 60);
        var counts = Enumerable.Range(0, images.ClassCount).Select(label => Enumerable.Range(0, images.Count).Count(i => images.Labels(i).Contains(label))).ToArray();
        var expected = Enumerable.Range(0, images.ClassCount).Where(label => counts[label] >= 10).ToArray();

        Assert.InRange(expected.Length, 1, images.ClassCount - 1);
        Assert.Equal(expected, FrequentClasses.Of(images));
    }

    [Fact]
    public void The_mean_takes_the_background_and_leaves_out_what_has_no_IoU()
    {
        var scores = new SegmentationScores([.7, .1, double.NaN, .5], .4, 0, 0);

        Assert.Equal(.6, FrequentClasses.MeanIou(scores, [1, 2]), 1e-12);
    }
}
