using FsCheck.Xunit;
using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class PhotometricDistortionTests
{
    [Property]
    public void A_colour_comes_back_from_hue_saturation_and_value(byte red, byte green, byte blue)
    {
        var image = new RgbImage(1, 1, [red, green, blue]);
        for (var seed = 0; seed < 4; seed++)
            new PhotometricDistortion(0, 0, Saturation: 1e-9, Hue: 1e-9).Apply(image, new RandomStream(seed));

        Assert.Equal(new[] { red, green, blue }, image.Pixels);
    }

    [Fact]
    public void Without_strength_nothing_changes()
    {
        var image = Noise();
        var before = image.Pixels.ToArray();
        for (var seed = 0; seed < 20; seed++)
            new PhotometricDistortion(0, 0, 0, 0).Apply(image, new RandomStream(seed));

        Assert.Equal(before, image.Pixels);
    }

    [Fact]
    public void Hue_and_saturation_leave_the_largest_channel_and_greys_alone()
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var (image, before) = (Noise(), Noise());
            image.Pixels.AsSpan(0, 3).Fill(77);
            new PhotometricDistortion(0, 0, .5, .1).Apply(image, new RandomStream(seed));

            Assert.Equal(new byte[] { 77, 77, 77 }, image.Pixels[..3]);
            for (var i = 3; i < image.Pixels.Length; i += 3)
                Assert.Equal(before.Pixels[i..(i + 3)].Max(), image.Pixels[i..(i + 3)].Max());
        }
    }

    [Fact]
    public void Brightness_and_contrast_change_every_channel_alike_within_their_bounds()
    {
        var changed = 0;
        for (var seed = 0; seed < 40; seed++)
        {
            var image = new RgbImage(2, 1, [100, 100, 100, 120, 120, 120]);
            new PhotometricDistortion(32, .5, 0, 0).Apply(image, new RandomStream(seed));

            Assert.Single(image.Pixels[..3].Distinct());
            Assert.InRange(image.Pixels[0], 34, 198);
            Assert.True(image.Pixels[3] > image.Pixels[0]);
            changed += image.Pixels[0] != 100 ? 1 : 0;
        }

        Assert.InRange(changed, 20, 38);
    }

    [Fact]
    public void Strengths_out_of_range_are_errors_that_name_them()
    {
        Assert.Equal("Hue", Assert.Throws<ArgumentOutOfRangeException>(() => new PhotometricDistortion(Hue: .6)).ParamName);
        Assert.Equal("Contrast", Assert.Throws<ArgumentOutOfRangeException>(() => new PhotometricDistortion(Contrast: -.1)).ParamName);
        Assert.Equal("Brightness", Assert.Throws<ArgumentOutOfRangeException>(() => new PhotometricDistortion(Brightness: double.NaN)).ParamName);
    }

    private static RgbImage Noise()
    {
        var random = new RandomStream(5);
        return new RgbImage(8, 8, [.. Enumerable.Range(0, 192).Select(_ => (byte)random.Below(256))]);
    }
}
