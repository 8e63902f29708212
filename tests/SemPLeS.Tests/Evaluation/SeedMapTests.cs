using FsCheck.Xunit;
using SemPLeS.Evaluation;
using Xunit;

namespace SemPLeS.Tests.Evaluation;

public sealed class SeedMapTests
{
    [Property(Arbitrary = [typeof(ScoredImages)])]
    public void A_label_is_the_first_largest_of_the_threshold_and_the_cams(ScoredImage image)
    {
        var threshold = ScoredImages.Rule.Levels[20];
        var pixels = image.Truth.Labels.Length;

        var labels = image.Seeds.At(threshold).Labels;

        for (var i = 0; i < pixels; i++)
        {
            float[] scores = [threshold, .. Enumerable.Range(0, ScoredImages.Labels - 1).Select(k => image.Cams[k * pixels + i])];
            Assert.Equal(Array.IndexOf(scores, scores.Max()), labels[i]);
        }
    }

    [Theory]
    [InlineData(-.1f)]
    [InlineData(1.001f)]
    [InlineData(float.NaN)]
    public void A_score_outside_its_range_is_an_error_that_names_it(float score)
    {
        var error = Assert.Throws<ArgumentException>(() => new SeedMap(2, 1, [0, 0], [0, score]));

        Assert.Contains($"{score} at pixel 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Arrays_of_another_length_are_an_error()
    {
        Assert.Throws<ArgumentException>("bestClass", () => new SeedMap(2, 1, [0], [0, 0]));
        Assert.Throws<ArgumentException>("score", () => new SeedMap(2, 1, [0, 0], [0]));
        Assert.Throws<ArgumentException>("cams", () => SeedMap.FromCams(2, 1, new float[3]));
        Assert.Throws<ArgumentException>("cams", () => SeedMap.FromCams(2, 1, []));
    }
}
