using FsCheck.Xunit;
using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class CropAugmentationTests
{
    private const int Size = 6;

    [Property(MaxTest = 500)]
    public void Every_part_lies_in_the_picture(ushort width, ushort height, long seed, byte area, byte ratio)
    {
        var (w, h) = (width % 700 + 1, height % 700 + 1);
        var part = Augmentation((area + 1) / 256.0, 1 + ratio / 50.0).Crop(w, h, new RandomStream(seed));

        Assert.InRange(part.Width, 1, w);
        Assert.InRange(part.Height, 1, h);
        Assert.InRange(part.Left, 0, w - part.Width);
        Assert.InRange(part.Top, 0, h - part.Height);
    }

    [Property(MaxTest = 500)]
    public void Area_and_ratio_are_those_allowed_but_for_whole_pixels(byte width, byte height, long seed)
    {
        // The ratio of such a picture is allowed itself, so that a part always fits.
        var (w, h) = (300 + width / 4, 300 + height / 4);
        var part = Augmentation(.08, 4.0 / 3).Crop(w, h, new RandomStream(seed));

        Assert.True((part.Width + .5) * (part.Height + .5) >= .08 * w * h, $"{part} of {w}x{h}");
        Assert.True((part.Width - .5) / (part.Height + .5) <= 4.0 / 3, $"{part} of {w}x{h}");
        Assert.True((part.Height - .5) / (part.Width + .5) <= 4.0 / 3, $"{part} of {w}x{h}");
    }

    [Fact]
    public void Areas_are_evenly_spread_where_every_part_fits()
    {
        var augmentation = Augmentation(.08, 1);
        var shares = Enumerable.Range(0, 4000).Select(seed => augmentation.Crop(500, 500, new RandomStream(seed))).Select(part => part.Width * part.Height / 250_000.0).ToList();

        Assert.Equal(.54, shares.Average(), .015);
        Assert.Equal(.25, shares.Count(share => share < .31) / 4000.0, .03);
    }

    [Theory]
    [InlineData(900, 10)]
    [InlineData(10, 900)]
    public void A_picture_that_no_part_fits_gives_its_centre_in_an_allowed_ratio(int width, int height)
    {
        var part = Augmentation(.9, 1.5).Crop(width, height, new RandomStream(3));

        Assert.Equal(width > height ? new CropBox((900 - 15) / 2, 0, 15, 10) : new CropBox(0, (900 - 15) / 2, 10, 15), part);
    }

    [Fact]
    public void Places_are_evenly_spread()
    {
        var augmentation = Augmentation(.25, 1);
        var centres = Enumerable.Range(0, 4000).Select(seed => augmentation.Crop(401, 401, new RandomStream(seed))).ToList();

        Assert.Equal(200.5, centres.Average(part => part.Left + part.Width / 2.0), 5.0);
        Assert.Equal(200.5, centres.Average(part => part.Top + part.Height / 2.0), 5.0);
    }

    [Fact]
    public void Every_second_picture_is_mirrored()
    {
        // The whole picture at its own size: nothing but the mirror image is left to chance.
        var augmentation = Augmentation(1, 1);
        var image = Ramp(Size, Size);
        var plain = new float[augmentation.Length];
        augmentation.Statistics.Normalise(image, plain);
        var mirrored = plain.Chunk(Size).SelectMany(row => row.Reverse()).ToArray();
        var count = 0;
        for (var seed = 0; seed < 1000; seed++)
        {
            var values = Applied(augmentation, image, seed);
            Assert.True(values.SequenceEqual(plain) || values.SequenceEqual(mirrored));
            count += values.SequenceEqual(mirrored) ? 1 : 0;
        }

        Assert.InRange(count, 430, 570);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(50, 1)]
    [InlineData(1, 50)]
    [InlineData(3, 70)]
    public void The_narrowest_picture_fills_the_input(int width, int height)
    {
        var values = Applied(Augmentation(.08, 4.0 / 3), Ramp(width, height), seed: 1);

        Assert.All(values, value => Assert.InRange(value, -1, 1));
    }

    [Property(MaxTest = 50)]
    public void The_same_stream_gives_the_same_input(long seed)
    {
        var image = Ramp(20, 30);

        Assert.Equal(Applied(Augmentation(.08, 4.0 / 3), image, seed), Applied(Augmentation(.08, 4.0 / 3), image, seed));
    }

    [Fact]
    public void Another_stream_gives_another_input() =>
        Assert.NotEqual(Applied(Augmentation(.08, 4.0 / 3), Ramp(20, 30), 1), Applied(Augmentation(.08, 4.0 / 3), Ramp(20, 30), 2));

    [Theory]
    [InlineData(0, 1, "SmallestArea")]
    [InlineData(1.01, 1, "SmallestArea")]
    [InlineData(double.NaN, 1, "SmallestArea")]
    [InlineData(.5, .9, "LargestRatio")]
    [InlineData(.5, double.PositiveInfinity, "LargestRatio")]
    public void Bounds_out_of_range_are_errors_that_name_them(double area, double ratio, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => Augmentation(area, ratio)).ParamName);

    private static CropAugmentation Augmentation(double smallestArea, double largestRatio) => new(Size, ChannelStatistics.Half, smallestArea, largestRatio);

    private static float[] Applied(CropAugmentation augmentation, RgbImage image, long seed)
    {
        var values = new float[augmentation.Length];
        augmentation.Apply(image, new RandomStream(seed), values);
        return values;
    }

    private static RgbImage Ramp(int width, int height) =>
        new(width, height, [.. Enumerable.Range(0, width * height * 3).Select(i => (byte)(i * 7))]);
}
