using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class MirrorAugmentationTests
{
    private static readonly MirrorAugmentation Augmentation = new(2, ChannelStatistics.Half);

    [Fact]
    public void A_picture_is_normalised_and_every_second_time_mirrored()
    {
        // Red 0, 51, 102, 153; green 255 - red; blue 0: one channel after the other, -1..1.
        var image = new RgbImage(2, 2, [0, 255, 0, 51, 204, 0, 102, 153, 0, 153, 102, 0]);
        float[] plain = [-1, -.6f, -.2f, .2f, 1, .6f, .2f, -.2f, -1, -1, -1, -1];
        float[] mirrored = [-.6f, -1, .2f, -.2f, .6f, 1, -.2f, .2f, -1, -1, -1, -1];
        var count = 0;
        for (var seed = 0; seed < 1000; seed++)
        {
            var values = new float[Augmentation.Length];
            Augmentation.Apply(image, new RandomStream(seed), values);
            var isMirrored = values[0] > -.9;
            Assert.All(values.Zip(isMirrored ? mirrored : plain), pair => Assert.Equal(pair.Second, pair.First, 1e-6f));
            count += isMirrored ? 1 : 0;
        }

        Assert.InRange(count, 430, 570);
    }

    [Fact]
    public void A_picture_of_another_size_is_an_error_that_names_both()
    {
        var image = new RgbImage(3, 2, new byte[18]);
        var error = Assert.Throws<ArgumentException>(() => Augmentation.Apply(image, new RandomStream(0), new float[Augmentation.Length]));

        Assert.Contains("3x2", error.Message);
        Assert.Contains("2x2", error.Message);
    }
}
