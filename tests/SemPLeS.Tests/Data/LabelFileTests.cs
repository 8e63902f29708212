using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class LabelFileTests : IDisposable
{
    /// <summary>Each row of the mask fixtures.</summary>
    private static readonly byte[] Row = [.. Enumerable.Range(0, 21).Select(label => (byte)label), 255];

    private readonly ImageFileFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("mask-palette.png")]
    [InlineData("mask-palette-padded.png")]
    [InlineData("mask-grey.png")]
    public void A_palette_gives_indices_and_grey_gives_values_whatever_the_colours(string name)
    {
        var map = LabelFile.Load(ImageFileFixtures.Path(name));
        Assert.Equal((22, 5), (map.Width, map.Height));
        foreach (var row in map.Labels.Chunk(map.Width))
            Assert.Equal(Row, row);
    }

    [Fact]
    public void Masks_of_fewer_bits_give_indices_and_values_too()
    {
        Assert.Equal(Row.Select(label => (byte)(label % 16)), LabelFile.Load(ImageFileFixtures.Path("mask-palette-4bit.png")).Labels[..22]);
        Assert.Equal(Row.Select(label => (byte)(label % 2)), LabelFile.Load(ImageFileFixtures.Path("mask-1bit.png")).Labels[..22]);
    }

    [Fact]
    public void Class_7_keeps_its_index_though_its_colour_is_a_grey()
    {
        Assert.Equal([128, 128, 128], VocPalette.Colors.Slice(7 * 3, 3).ToArray());
        var path = Path.Combine(_folder.Root, "car.png");
        LabelFile.SavePng(new LabelMap(2, 1, [7, 7]), path);
        Assert.Equal([7, 7], LabelFile.Load(path).Labels);
        Assert.Equal([128, 128, 128, 128, 128, 128], ImageFile.Load(path).Pixels);
    }

    [Fact]
    public void The_palette_is_that_of_VOC()
    {
        // Person, television and void, as the development kit documents them.
        Assert.Equal([192, 128, 128], VocPalette.Colors.Slice(15 * 3, 3).ToArray());
        Assert.Equal([0, 64, 128], VocPalette.Colors.Slice(20 * 3, 3).ToArray());
        Assert.Equal([224, 224, 192], VocPalette.Colors.Slice(255 * 3, 3).ToArray());
        Assert.Equal(ImageFile.Load(ImageFileFixtures.Path("mask-palette.png")).Pixels, ImageFile.Load(Rewritten("mask-palette.png")).Pixels);
    }

    [Property(MaxTest = 50)]
    public Property A_label_map_survives_being_written_and_read()
    {
        var maps =
            from width in Gen.Choose(1, 40)
            from height in Gen.Choose(1, 20)
            from labels in Gen.ArrayOf(Gen.Choose(0, 255).Select(value => (byte)value), width * height)
            select new LabelMap(width, height, labels);
        return Prop.ForAll(maps.ToArbitrary(), map =>
        {
            var path = Path.Combine(_folder.Root, "map.png");
            LabelFile.SavePng(map, path);
            var read = LabelFile.Load(path);
            Assert.Equal((map.Width, map.Height), (read.Width, read.Height));
            Assert.Equal(map.Labels, read.Labels);
        });
    }

    [Theory]
    [InlineData("plain.png", "the colour (")]
    [InlineData("alpha.png", "colour type is 6")]
    [InlineData("mask-16bit.png", "16 bits")]
    [InlineData("smooth.jpg", "not a PNG")]
    public void A_file_that_holds_no_labels_is_an_error_that_names_it(string name, string reason)
    {
        var message = Assert.Throws<InvalidDataException>(() => LabelFile.Load(ImageFileFixtures.Path(name))).Message;
        Assert.Contains(name, message);
        Assert.Contains(reason, message);
    }

    [Fact]
    public void Colours_of_an_RGB_file_are_labels_of_VOC_s_palette()
    {
        byte[] labels = [0, 7, 15, 20, LabelMap.Ignore, 1];
        var path = _folder.Write("rgb.png", ImageFile.EncodePng(new RgbImage(3, 2, [.. labels.SelectMany(label => VocPalette.Colors.Slice(3 * label, 3).ToArray())])));

        Assert.Equal(labels, LabelFile.Load(path).Labels);
    }

    [Fact]
    public void A_colour_of_no_label_is_an_error_that_names_file_and_place()
    {
        var path = _folder.Write("rgb.png", ImageFile.EncodePng(new RgbImage(2, 2, [0, 0, 0, 128, 0, 0, 0, 0, 0, 128, 0, 1])));

        var message = Assert.Throws<InvalidDataException>(() => LabelFile.Load(path)).Message;
        Assert.Contains(path, message);
        Assert.Contains("(128, 0, 1) at column 1, row 1", message);
    }

    [Fact]
    public void A_missing_truncated_or_damaged_mask_is_an_error_that_names_the_file()
    {
        Assert.Throws<FileNotFoundException>(() => LabelFile.Load(Path.Combine(_folder.Root, "lost.png")));
        var whole = ImageFileFixtures.Bytes("mask-palette.png");
        for (var length = 0; length < whole.Length; length += 17)
        {
            var path = _folder.Write("cut.png", whole[..length]);
            Assert.Contains(path, Assert.Throws<InvalidDataException>(() => LabelFile.Load(path)).Message);
        }

        whole[^30] ^= 4;
        var damaged = _folder.Write("damaged.png", whole);
        Assert.Contains(damaged, Assert.Throws<InvalidDataException>(() => LabelFile.Load(damaged)).Message);
    }

    private string Rewritten(string name)
    {
        var path = Path.Combine(_folder.Root, name);
        LabelFile.SavePng(LabelFile.Load(ImageFileFixtures.Path(name)), path);
        return path;
    }
}
