using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class DeiTAugmentationTests
{
    private const int Size = 32;

    private static readonly RgbImage Picture = new(40, 50, [.. Enumerable.Range(0, 40 * 50 * 3).Select(i => (byte)(i * 7))]);

    private static readonly RandAugment Nothing = new(Probability: 0);

    [Fact]
    public void The_same_stream_gives_the_same_input_and_another_one_another()
    {
        var augmentation = new DeiTAugmentation(Size, ChannelStatistics.ImageNet);
        Assert.Equal(Apply(augmentation, 1), Apply(augmentation, 1));
        Assert.NotEqual(Apply(augmentation, 1), Apply(augmentation, 2));
    }

    [Fact]
    public void Without_changes_and_erasing_it_is_the_crop()
    {
        var augmentation = new DeiTAugmentation(Size, ChannelStatistics.ImageNet) { Changes = Nothing, Erasing = new RandomErasing(Probability: 0) };
        Assert.Equal(Apply(new CropAugmentation(Size, ChannelStatistics.ImageNet), 5), Apply(augmentation, 5));
    }

    [Fact]
    public void Changes_come_before_normalisation_and_erasing_after_it()
    {
        var changed = Enumerable.Range(0, 50).Select(seed => Apply(new DeiTAugmentation(Size, ChannelStatistics.ImageNet) { Changes = new(Probability: 1), Erasing = new(Probability: 0) }, seed)).ToList();
        var levels = Enumerable.Range(0, 256).Select(level => (level / 255f - ChannelStatistics.ImageNet.Mean[0]) / ChannelStatistics.ImageNet.StandardDeviation[0]).ToHashSet();
        Assert.All(changed, values => Assert.All(values[..(Size * Size)], value => Assert.Contains(value, levels)));
        var erased = Enumerable.Range(0, 50).Select(seed => Apply(new DeiTAugmentation(Size, ChannelStatistics.ImageNet) { Changes = Nothing, Erasing = new(Probability: 1) }, seed));
        Assert.All(erased, values => Assert.Contains(values[..(Size * Size)], value => !levels.Contains(value)));
    }

    [Fact]
    public void A_quarter_of_inputs_lose_a_rectangle_of_noise_of_the_wanted_area_and_ratio()
    {
        var erasing = new RandomErasing();
        var boxes = Enumerable.Range(0, 2000).Select(seed => Erase(erasing, seed)).Where(box => box is not null).Select(box => box!.Value).ToList();
        // 500 of 2000, standard deviation 19.
        Assert.InRange(boxes.Count, 420, 580);
        // Sides are rounded to whole pixels, hence the margins.
        Assert.All(boxes, box => Assert.InRange(box.Width * box.Height / (double)(Size * Size), .012, .36));
        Assert.All(boxes, box => Assert.InRange(box.Height / (double)box.Width, .2, 5));
        Assert.Contains(boxes, box => box.Left == 0);
        Assert.Contains(boxes, box => box.Left + box.Width == Size);
        Assert.InRange(boxes.Average(box => box.Width * box.Height / (double)(Size * Size)), .14, .2);
    }

    [Fact]
    public void Erased_values_are_standard_normal_in_each_channel()
    {
        var values = new float[3 * Size * Size];
        Array.Fill(values, float.PositiveInfinity);
        new RandomErasing(Probability: 1, SmallestArea: .33).Apply(values, Size, new RandomStream(3));
        foreach (var channel in values.Chunk(Size * Size))
        {
            var noise = channel.Where(float.IsFinite).ToArray();
            Assert.InRange(noise.Length, 280, 400);
            Assert.InRange(noise.Average(), -.25, .25);
            Assert.InRange(noise.Average(value => value * value), .7, 1.3);
        }
    }

    [Fact]
    public void Settings_outside_their_range_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomErasing(Probability: -.1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomErasing(SmallestArea: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomErasing(SmallestArea: .5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomErasing(LargestArea: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RandomErasing(LargestRatio: .5));
        Assert.Throws<ArgumentException>(() => new RandomErasing().Apply(new float[10], Size, new RandomStream(0)));
    }

    private static float[] Apply(Augmentation augmentation, long seed)
    {
        var values = new float[augmentation.Length];
        augmentation.Apply(Picture, new RandomStream(seed), values);
        return values;
    }

    private static CropBox? Erase(RandomErasing erasing, long seed)
    {
        var values = new float[3 * Size * Size];
        erasing.Apply(values, Size, new RandomStream(seed));
        int[] erased = [.. Enumerable.Range(0, Size * Size).Where(i => values[i] != 0)];
        if (erased.Length == 0)
            return null;
        var (left, right, top, bottom) = (erased.Min(i => i % Size), erased.Max(i => i % Size), erased[0] / Size, erased[^1] / Size);
        Assert.Equal((right - left + 1) * (bottom - top + 1), erased.Length);
        return new CropBox(left, top, right - left + 1, bottom - top + 1);
    }
}
