using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class SegmentationAugmentationTests
{
    private const int Size = 24;

    private static readonly ChannelStatistics Statistics = ChannelStatistics.ImageNet;

    [Fact]
    public void The_mask_stays_on_its_picture_through_scale_crop_and_mirror()
    {
        var (image, mask) = Picture(40, 30);
        var augmentation = new SegmentationAugmentation(Size, Statistics, 26) { Distortion = null, LargestShare = 1 };
        for (var seed = 0; seed < 40; seed++)
        {
            var (pixels, labels) = Apply(augmentation, image, mask, seed);
            var (agreeing, labelled) = (0, 0);
            for (var i = 0; i < labels.Length; i++)
            {
                if (labels[i] == LabelMap.Ignore)
                {
                    Assert.All(Channels(pixels, i), value => Assert.Equal(0, value));
                    continue;
                }

                labelled++;
                // The picture shows the label in its red channel; at edges the two filters differ.
                agreeing += Math.Abs(Level(Channels(pixels, i)[0], 0) - 50 * labels[i]) < 10 ? 1 : 0;
            }

            Assert.InRange((double)agreeing / labelled, .8, 1);
        }
    }

    [Fact]
    public void A_picture_smaller_than_the_crop_is_filled_up_at_right_and_bottom()
    {
        var (image, mask) = Picture(20, 10);
        var augmentation = new SegmentationAugmentation(Size, Statistics, 10) { SmallestScale = 1, LargestScale = 1, Distortion = null };
        var (pixels, labels) = Apply(augmentation, image, mask, 0);

        for (var i = 0; i < labels.Length; i++)
        {
            var inside = i / Size < 10 && i % Size < 20;
            Assert.Equal(inside, labels[i] != LabelMap.Ignore);
            Assert.Equal(inside, Channels(pixels, i).Any(value => value != 0));
        }
    }

    [Fact]
    public void Half_of_the_crops_are_mirrored_and_the_others_as_they_were()
    {
        var (image, mask) = Picture(Size, Size);
        var augmentation = new SegmentationAugmentation(Size, Statistics, Size) { SmallestScale = 1, LargestScale = 1, Distortion = null };
        var mirrored = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var (_, labels) = Apply(augmentation, image, mask, seed);
            var plain = labels.Select((label, i) => label == mask.Labels[i]).All(same => same);
            var swapped = labels.Select((label, i) => label == mask.Labels[i / Size * Size + Size - 1 - i % Size]).All(same => same);
            Assert.True(plain ^ swapped);
            mirrored += swapped ? 1 : 0;
        }

        Assert.InRange(mirrored, 35, 65);
    }

    [Fact]
    public void A_crop_of_one_label_is_avoided_when_another_can_be_had()
    {
        // The second label lies in one corner.
        var (image, _) = Picture(60, 60);
        var labels = new byte[3600];
        for (var row = 0; row < 20; row++)
            labels.AsSpan(row * 60, 20).Fill(1);
        var mask = new LabelMap(60, 60, labels);
        var augmentation = new SegmentationAugmentation(Size, Statistics, 60) { SmallestScale = 1, LargestScale = 1, Distortion = null };
        int Mixed(SegmentationAugmentation one) => Enumerable.Range(0, 100).Count(seed => Apply(one, image, mask, seed).Labels is var given && given.Contains(0) && given.Contains(1));

        Assert.InRange(Mixed(augmentation), 60, 100);
        Assert.InRange(Mixed(augmentation with { LargestShare = 1 }), 0, 45);
    }

    [Fact]
    public void The_same_stream_gives_the_same_crop_and_another_another()
    {
        var (image, mask) = Picture(40, 30);
        var augmentation = new SegmentationAugmentation(Size, Statistics, 26);

        Assert.Equal(Apply(augmentation, image, mask, 1).Pixels, Apply(augmentation, image, mask, 1).Pixels);
        Assert.NotEqual(Apply(augmentation, image, mask, 1).Pixels, Apply(augmentation, image, mask, 2).Pixels);
    }

    [Fact]
    public void The_picture_itself_is_not_changed()
    {
        var (image, mask) = Picture(Size, Size);
        var before = image.Pixels.ToArray();
        for (var seed = 0; seed < 10; seed++)
            Apply(new SegmentationAugmentation(Size, Statistics, Size) { SmallestScale = 1, LargestScale = 1 }, image, mask, seed);

        Assert.Equal(before, image.Pixels);
    }

    [Fact]
    public void What_does_not_fit_is_an_error()
    {
        var (image, mask) = Picture(40, 30);
        var augmentation = new SegmentationAugmentation(Size, Statistics, 26);

        Assert.Throws<ArgumentException>(() => Apply(augmentation, image, new LabelMap(30, 40, mask.Labels), 0));
        Assert.Throws<NotSupportedException>(() => augmentation.Apply(image, new RandomStream(0), new float[augmentation.Length]));
        Assert.Throws<ArgumentOutOfRangeException>(() => new SegmentationAugmentation(Size, Statistics, 0));
    }

    /// <summary>Three labels in vertical bands of different widths; red is 50 times the label.</summary>
    private static (RgbImage Image, LabelMap Mask) Picture(int width, int height)
    {
        var (pixels, labels) = (new byte[width * height * 3], new byte[width * height]);
        for (var i = 0; i < labels.Length; i++)
        {
            labels[i] = (byte)(i % width * 4 / width is 0 ? 1 : i % width * 4 / width is 3 ? 4 : 2);
            pixels[3 * i] = (byte)(50 * labels[i]);
            pixels[3 * i + 1] = 99;
        }

        return (new RgbImage(width, height, pixels), new LabelMap(width, height, labels));
    }

    private static (float[] Pixels, long[] Labels) Apply(SegmentationAugmentation augmentation, RgbImage image, LabelMap mask, long seed)
    {
        var (pixels, labels) = (new float[augmentation.Length], new long[Size * Size]);
        augmentation.Apply(image, mask, new RandomStream(seed), pixels, labels);
        return (pixels, labels);
    }

    private static float[] Channels(float[] pixels, int place) => [pixels[place], pixels[Size * Size + place], pixels[2 * Size * Size + place]];

    private static double Level(float value, int channel) => (value * Statistics.StandardDeviation[channel] + Statistics.Mean[channel]) * 255;
}
