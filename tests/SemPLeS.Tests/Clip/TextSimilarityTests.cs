using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Tests.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Clip;

public sealed class TextSimilarityTests
{
    private const int Side = 16;

    [Fact]
    public void Cosines_do_not_depend_on_length_and_stand_in_the_row_of_the_first()
    {
        using var first = tensor(new float[] { 2, 0, 0, 3, 1, 1 }, [3, 2]);
        using var second = tensor(new float[] { 5, 0, 3, 4 }, [2, 2]);
        var cosines = TextSimilarity.Between(first, second);
        double[,] expected = { { 1, .6 }, { 0, .8 }, { Math.Sqrt(.5), 1.4 / Math.Sqrt(2) } };
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 2; column++)
                Assert.Equal(expected[row, column], cosines[row, column], 1e-6);
        }
    }

    [Fact]
    public void A_mask_of_ones_shows_the_whole_picture_and_one_of_zeros_the_mean_colour()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var clip = ClipStart.Random(SmallStages.Clips, new RandomStream(0));
        var image = SmallStages.Images.Image(0);
        var pixels = new float[3 * Side * Side];
        clip.Settings.Statistics.Normalise(image, pixels);
        float[][] masks = [[.. Enumerable.Repeat(1f, Side * Side)], new float[Side * Side]];
        var features = rand([2, clip.Settings.EmbeddingSize]);
        var expected = TextSimilarity.Between(features, clip.EncodeImage(cat([tensor(pixels, [1, 3, Side, Side]), zeros([1, 3, Side, Side])])));
        Assert.Equal(expected, TextSimilarity.Of(clip, image, masks, features, CPU));
    }

    [Fact]
    public void A_picture_has_the_cosines_of_its_own_whatever_is_compared_with_it()
    {
        using var clip = ClipStart.Random(SmallStages.Clips, new RandomStream(0));
        using var features = rand([2, clip.Settings.EmbeddingSize]);
        // More pictures than are encoded at a time.
        RgbImage[] images = [.. Enumerable.Range(0, 70).Select(i => SmallStages.Images.Image(i % SmallStages.Images.Count))];
        float[] all = [.. Enumerable.Repeat(1f, Side * Side)];

        var cosines = TextSimilarity.Of(clip, images, features, CPU);

        Assert.Equal((2, 70), (cosines.GetLength(0), cosines.GetLength(1)));
        foreach (var i in new[] { 0, 1, 69 })
        {
            var alone = TextSimilarity.Of(clip, images[i], [all], features, CPU);
            Assert.Equal(alone[0, 0], cosines[0, i], 1e-5);
            Assert.Equal(alone[1, 0], cosines[1, i], 1e-5);
        }

        Assert.Throws<ArgumentException>("images", () => TextSimilarity.Of(clip, [], features, CPU));
        Assert.Contains("16x32", Assert.Throws<ArgumentException>(() => TextSimilarity.Of(clip, [images[0], new RgbImage(Side, 2 * Side, new byte[6 * Side * Side])], features, CPU)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_sizes_are_errors()
    {
        using var clip = ClipStart.Random(SmallStages.Clips, new RandomStream(0));
        using var features = rand([2, clip.Settings.EmbeddingSize]);
        using var wide = rand([2, clip.Settings.EmbeddingSize + 1]);
        float[] mask = new float[Side * Side];
        var (image, large) = (new RgbImage(Side, Side, new byte[3 * Side * Side]), new RgbImage(Side, 2 * Side, new byte[6 * Side * Side]));
        Assert.Contains("16x32", Assert.Throws<ArgumentException>(() => TextSimilarity.Of(clip, large, [mask], features, CPU)).Message, StringComparison.Ordinal);
        Assert.Contains("3 values", Assert.Throws<ArgumentException>(() => TextSimilarity.Of(clip, image, [mask, new float[3]], features, CPU)).Message, StringComparison.Ordinal);
        Assert.Contains("[2, 7]", Assert.Throws<ArgumentException>(() => TextSimilarity.Of(clip, image, [mask], wide, CPU)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => TextSimilarity.Between(features, wide));
    }
}
