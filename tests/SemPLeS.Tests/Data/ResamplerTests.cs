using FsCheck.Xunit;
using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class ResamplerTests
{
    [Theory]
    [InlineData(ResampleFilter.Box)]
    [InlineData(ResampleFilter.Bilinear)]
    [InlineData(ResampleFilter.Bicubic)]
    public void A_flat_image_stays_flat(ResampleFilter filter)
    {
        var flat = new byte[13 * 9 * 3];
        Array.Fill(flat, (byte)200);
        foreach (var (width, height) in new[] { (1, 1), (7, 31), (40, 3), (13, 9) })
            Assert.All(Resampler.Resize(flat, 13, 9, 3, width, height, filter), value => Assert.Equal(200, value));
    }

    [Fact]
    public void The_box_filter_averages_blocks_and_rounds_after_each_pass()
    {
        byte[] source = [10, 21, 0, 255, 31, 41, 3, 8];
        // Columns first: (10 + 21)/2 -> 16, (0 + 255)/2 -> 128; 36, 6. Then rows: 26, 67.
        Assert.Equal([26, 67], Resampler.Resize(source, 4, 2, 1, 2, 1, ResampleFilter.Box));
    }

    [Fact]
    public void Bicubic_overshoots_are_cut_off_at_black_and_white()
    {
        byte[] edge = [0, 0, 0, 255, 255, 255];
        var wide = Resampler.Resize(edge, 6, 1, 1, 24, 1, ResampleFilter.Bicubic);
        Assert.Equal(0, wide[0]);
        Assert.Equal(255, wide[^1]);
        Assert.Equal(wide.Order(), wide);
    }

    [Property]
    public bool A_part_is_resized_as_if_it_had_been_cut_out(ushort seed)
    {
        var random = new RandomStream(seed);
        var image = RandomImage(random, 1 + random.Below(40), 1 + random.Below(40));
        var (left, top) = (random.Below(image.Width), random.Below(image.Height));
        var crop = new CropBox(left, top, 1 + random.Below(image.Width - left), 1 + random.Below(image.Height - top));
        var (width, height) = (random.Chance(.2) ? crop.Width : 1 + random.Below(50), random.Chance(.2) ? crop.Height : 1 + random.Below(50));
        var filter = (ResampleFilter)random.Below(3);
        var cut = Cut(image, crop);
        return Resampler.Resize(image, crop, width, height, filter).Pixels.AsSpan()
            .SequenceEqual(Resampler.Resize(cut, width, height, filter).Pixels);
    }

    [Property]
    public bool Channels_do_not_mix(ushort seed)
    {
        var random = new RandomStream(seed);
        var (width, height) = (1 + random.Below(40), 1 + random.Below(40));
        var (newWidth, newHeight) = (1 + random.Below(60), 1 + random.Below(60));
        var filter = (ResampleFilter)random.Below(3);
        var colour = Resampler.Resize(RandomImage(random, width, height), newWidth, newHeight, filter).Pixels;
        random = new RandomStream(seed);
        _ = (random.Below(40), random.Below(40), random.Below(60), random.Below(60), random.Below(3));
        var source = RandomImage(random, width, height).Pixels;
        return Enumerable.Range(0, 3).All(channel =>
        {
            var plane = source.Where((_, i) => i % 3 == channel).ToArray();
            return Resampler.Resize(plane, width, height, 1, newWidth, newHeight, filter).SequenceEqual(colour.Where((_, i) => i % 3 == channel));
        });
    }

    [Fact]
    public void Wrong_sizes_and_parts_outside_the_picture_are_errors()
    {
        var image = RandomImage(new RandomStream(1), 5, 4);
        Assert.Throws<ArgumentException>(() => Resampler.Resize(new byte[10], 2, 2, 3, 1, 1, ResampleFilter.Box));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resize(image, 0, 4, ResampleFilter.Box));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resize(image, 5, 0, ResampleFilter.Box));
        Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resize(image, 3, 3, (ResampleFilter)9));
        foreach (var crop in new CropBox[] { new(-1, 0, 2, 2), new(0, -1, 2, 2), new(0, 0, 0, 2), new(0, 0, 2, 0), new(1, 0, 5, 2), new(0, 1, 2, 4) })
        {
            var error = Assert.Throws<ArgumentOutOfRangeException>(() => Resampler.Resize(image, crop, 2, 2, ResampleFilter.Box));
            Assert.Contains("5x4", error.Message);
        }
    }

    private static RgbImage RandomImage(RandomStream random, int width, int height)
    {
        var pixels = new byte[width * height * 3];
        foreach (ref var value in pixels.AsSpan())
            value = (byte)random.Below(256);
        return new RgbImage(width, height, pixels);
    }

    private static RgbImage Cut(RgbImage image, CropBox crop)
    {
        var pixels = new byte[crop.Width * crop.Height * 3];
        for (var y = 0; y < crop.Height; y++)
        {
            image.Pixels.AsSpan(((crop.Top + y) * image.Width + crop.Left) * 3, crop.Width * 3)
                .CopyTo(pixels.AsSpan(y * crop.Width * 3));
        }

        return new RgbImage(crop.Width, crop.Height, pixels);
    }
}
