using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;
using Xunit;

namespace SemPLeS.Tests.Images;

public sealed class ImageTests
{
    [Theory]
    [InlineData("smooth")]
    [InlineData("subsampled")]
    [InlineData("progressive")]
    [InlineData("grey")]
    [InlineData("cmyk")]
    [InlineData("ycck")]
    public void A_jpeg_has_exactly_the_pixels_that_Pillow_gives(string name)
    {
        Assert.Equal(Pixels(Fixture(name + "-decoded.png")), Pixels(Fixture(name + ".jpg")));
    }

    [Theory]
    [InlineData("smooth.jpg", 52, 38)]
    [InlineData("mask-palette.png", 22, 5)]
    public void Identify_tells_the_size(string name, int width, int height)
    {
        using var stream = new MemoryStream(Fixture(name));
        var info = Image.Identify(stream);
        Assert.Equal((width, height), (info.Width, info.Height));
    }

    [Fact]
    public void What_is_no_picture_is_an_unknown_format()
    {
        Assert.Throws<UnknownImageFormatException>(() => Image.Load<Rgb24>("no picture"u8));
        Assert.Throws<UnknownImageFormatException>(() => Image.Identify(new MemoryStream()));
    }

    [Fact]
    public void Damaged_headers_and_pixels_are_invalid_content()
    {
        var jpeg = Fixture("smooth.jpg");
        Array.Fill(jpeg, (byte)0x55, 3, 400);
        var png = Fixture("plain.png");
        png[^30] ^= 1;
        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(jpeg));
        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(png));
        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(Fixture("plain.png").AsSpan(0, 20)));
    }

    [Fact]
    public void A_size_that_no_memory_holds_is_invalid_content()
    {
        var jpeg = Fixture("smooth.jpg");
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        jpeg.AsSpan(frame + 5, 4).Fill(0xFF);
        Assert.Throws<InvalidImageContentException>(() => Image.Load<Rgb24>(jpeg));
    }

    [Fact]
    public void Grey_pixels_are_written_and_read_as_they_are()
    {
        var values = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        using var image = Image.LoadPixelData<L8>(values, 32, 8);
        using var stream = new MemoryStream();
        new PngEncoder { ColorType = PngColorType.Grayscale, BitDepth = PngBitDepth.Bit8 }.Encode(image, stream);
        using var read = Image.Load<L8>(stream.ToArray());
        var pixels = new byte[256];
        read.CopyPixelDataTo(pixels);
        Assert.Equal(values, pixels);
        Assert.Equal(values.SelectMany(value => new[] { value, value, value }), Pixels(stream.ToArray()));
    }

    private static byte[] Pixels(byte[] file)
    {
        using var image = Image.Load<Rgb24>(file);
        var pixels = new byte[image.Width * image.Height * 3];
        image.CopyPixelDataTo(pixels);
        return pixels;
    }

    private static byte[] Fixture(string name) =>
        File.ReadAllBytes(Path.Combine(TestFolders.Repository, "tests", "SemPLeS.Tests", "Fixtures", "Images", name));
}
