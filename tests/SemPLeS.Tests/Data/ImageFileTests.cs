using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class ImageFileTests : IDisposable
{
    private readonly ImageFileFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("smooth")]
    [InlineData("grey")]
    [InlineData("cmyk")]
    [InlineData("ycck")]
    public void A_jpeg_has_the_colours_that_another_decoder_gives(string name)
    {
        var expected = ImageFile.Load(ImageFileFixtures.Path(name + "-decoded.png"));
        ImageFileFixtures.AssertClose(expected, ImageFile.Load(ImageFileFixtures.Path(name + ".jpg")), tolerance: 2);
    }

    [Fact]
    public void A_jpeg_is_the_picture_it_was_made_from()
    {
        ImageFileFixtures.AssertClose(
            ImageFile.Load(ImageFileFixtures.Path("plain.png")), ImageFile.Load(ImageFileFixtures.Path("smooth.jpg")), tolerance: 8);
    }

    [Fact]
    public void A_written_jpeg_is_the_picture_the_closer_the_higher_its_quality()
    {
        var picture = ImageFile.Load(ImageFileFixtures.Path("plain.png"));

        var (coarse, fine) = (ImageFile.EncodeJpeg(picture, 30), ImageFile.EncodeJpeg(picture, 95));

        Assert.InRange(coarse.Length, 1, fine.Length - 1);
        ImageFileFixtures.AssertClose(picture, ImageFile.Load(_folder.Write("fine.jpg", fine)), tolerance: 8);
    }

    [Fact]
    public void A_written_jpeg_keeps_the_colours_of_single_pixels_apart()
    {
        // Red and blue in turn: at half the resolution of colours both would be purple.
        var picture = new RgbImage(16, 16, [.. Enumerable.Range(0, 256).SelectMany(i => (i % 2 == 0 ? (byte[])[220, 20, 20] : [20, 20, 220]))]);
        ImageFileFixtures.AssertClose(picture, ImageFile.Load(_folder.Write("stripes.jpg", ImageFile.EncodeJpeg(picture, 98))), tolerance: 24);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void A_jpeg_of_no_quality_is_an_error(int quality) =>
        Assert.Equal("quality", Assert.Throws<ArgumentOutOfRangeException>(() => ImageFile.EncodeJpeg(new RgbImage(1, 1, new byte[3]), quality)).ParamName);

    [Theory]
    [InlineData("alpha.png")]
    [InlineData("gamma.png")]
    public void A_png_keeps_its_values_whatever_its_alpha_and_gamma(string name)
    {
        ImageFileFixtures.AssertClose(ImageFile.Load(ImageFileFixtures.Path("plain.png")), ImageFile.Load(ImageFileFixtures.Path(name)), tolerance: 0);
    }

    [Fact]
    public void A_palette_picture_has_its_colours_and_a_grey_one_equal_channels()
    {
        var palette = ImageFile.Load(ImageFileFixtures.Path("mask-palette.png"));
        Assert.Equal(VocPalette.Colors[..(21 * 3)].ToArray(), palette.Pixels[..(21 * 3)]);
        var grey = ImageFile.Load(ImageFileFixtures.Path("mask-grey.png"));
        Assert.Equal([7, 7, 7], grey.Pixels[21..24]);
    }

    [Theory]
    [InlineData("progressive.jpg")]
    [InlineData("cmyk.jpg")]
    [InlineData("alpha.png")]
    [InlineData("mask-16bit.png")]
    public void The_size_is_known_without_decoding(string name)
    {
        var image = ImageFile.Load(ImageFileFixtures.Path(name));
        Assert.Equal((image.Width, image.Height), ImageFile.Size(ImageFileFixtures.Path(name)));
    }

    [Fact]
    public void A_missing_file_is_an_error_that_names_it()
    {
        var path = Path.Combine(_folder.Root, "none", "lost.jpg");
        Assert.Contains("lost.jpg", Assert.Throws<FileNotFoundException>(() => ImageFile.Load(path)).Message);
        Assert.Contains("lost.jpg", Assert.Throws<FileNotFoundException>(() => ImageFile.Size(path)).Message);
    }

    [Theory]
    [InlineData("smooth.jpg")]
    [InlineData("progressive.jpg")]
    [InlineData("plain.png")]
    public void A_truncated_picture_is_an_error_that_names_the_file_wherever_it_is_cut(string name)
    {
        var whole = ImageFileFixtures.Bytes(name);
        for (var length = 0; length < whole.Length; length += length < whole.Length - 20 ? 19 : 1)
        {
            var path = _folder.Write("cut-" + name, whole[..length]);
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => ImageFile.Load(path)).Message);
        }
    }

    [Fact]
    public void The_end_of_an_embedded_thumbnail_is_not_the_end_of_the_picture()
    {
        var whole = ImageFileFixtures.Bytes("smooth.jpg");
        byte[] segment = [0xFF, 0xE1, 0x00, 0x08, 0xFF, 0xD8, 0xFF, 0xD9, 0x00, 0x00];
        byte[] file = [.. whole[..2], .. segment, .. whole[2..]];
        ImageFileFixtures.AssertClose(ImageFile.Load(ImageFileFixtures.Path("smooth.jpg")), ImageFile.Load(_folder.Write("whole.jpg", file)), tolerance: 0);
        var cut = _folder.Write("cut.jpg", file[..^40]);
        Assert.Throws<InvalidDataException>(() => ImageFile.Load(cut));
    }

    [Fact]
    public void Bytes_after_the_end_of_a_jpeg_do_no_harm()
    {
        var path = _folder.Write("trailing.jpg", [.. ImageFileFixtures.Bytes("smooth.jpg"), 1, 2, 3]);
        ImageFileFixtures.AssertClose(ImageFile.Load(ImageFileFixtures.Path("smooth.jpg")), ImageFile.Load(path), tolerance: 0);
    }

    [Fact]
    public void A_damaged_picture_is_an_error_that_names_the_file()
    {
        var jpeg = ImageFileFixtures.Bytes("smooth.jpg");
        Array.Fill(jpeg, (byte)0x55, 2, 400);
        var png = ImageFileFixtures.Bytes("plain.png");
        png[^20] ^= 1;
        string[] paths = [_folder.Write("a.jpg", jpeg), _folder.Write("b.png", png), _folder.Write("c.jpg", "no picture"), _folder.Write("d.jpg", "")];
        foreach (var path in paths)
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => ImageFile.Load(path)).Message);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_named()
    {
        var file = _folder.Write("file", "in the way");
        var image = new RgbImage(1, 1, [1, 2, 3]);
        var error = Assert.Throws<IOException>(() => ImageFile.SavePng(image, Path.Combine(file, "inside", "x.png")));
        Assert.Contains(Path.Combine(file, "inside"), error.Message);
    }

    [Fact]
    public void A_file_appears_only_when_it_is_complete()
    {
        var path = _folder.Write("new/result.txt", "old");
        Assert.Throws<NotSupportedException>(() => AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new NotSupportedException();
        }));
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Property(MaxTest = 30)]
    public Property A_picture_survives_being_written_and_read()
    {
        var images =
            from width in Gen.Choose(1, 40)
            from height in Gen.Choose(1, 20)
            from pixels in Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), width * height * 3)
            select new RgbImage(width, height, pixels);
        return Prop.ForAll(images.ToArbitrary(), image =>
        {
            var path = Path.Combine(_folder.Root, "picture.png");
            ImageFile.SavePng(image, path);
            Assert.Equal(ImageFile.EncodePng(image), File.ReadAllBytes(path));
            ImageFileFixtures.AssertClose(image, ImageFile.Load(path), tolerance: 0);
        });
    }
}
