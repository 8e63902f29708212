using SemPLeS.Data;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class OverlayTests
{
    [Fact]
    public void A_heat_map_is_blended_with_the_grey_of_the_picture()
    {
        var image = new RgbImage(2, 1, [200, 200, 200, 255, 0, 0]);

        Assert.Equal(Colors(ColorMaps.Heat(0), ColorMaps.Heat(1)), Overlay.Heat(image, [0, 1], opacity: 1).Pixels);
        Assert.Equal([200, 200, 200, 76, 76, 76], Overlay.Heat(image, [0, 1], opacity: 0).Pixels);
        Assert.Equal([(200 + 0x44) / 2, (200 + 0x01) / 2, (200 + 0x54) / 2], Overlay.Heat(image, [0, 1], opacity: .5).Pixels[..3]);
    }

    [Fact]
    public void Labels_colour_objects_inside_a_white_line_and_leave_the_background()
    {
        var image = new RgbImage(5, 5, [.. Enumerable.Repeat((byte)100, 75)]);
        var labels = new LabelMap(5, 5, [.. Enumerable.Range(0, 25).Select(i => (byte)(i % 5 < 3 ? 1 : 0))]);

        var pixels = Overlay.Labels(image, labels, opacity: 1).Pixels;

        Assert.Equal(Colors(ColorMaps.Label(1), ColorMaps.Label(1), new Rgb(255, 255, 255), new Rgb(100, 100, 100), new Rgb(100, 100, 100)), pixels[..15]);
        Assert.All(image.Pixels, value => Assert.Equal(100, value));
    }

    [Fact]
    public void Two_objects_that_touch_both_have_a_line()
    {
        var image = new RgbImage(4, 1, new byte[12]);

        var pixels = Overlay.Labels(image, new LabelMap(4, 1, [1, 1, 2, 2]), opacity: 1).Pixels;

        Assert.Equal(Colors(ColorMaps.Label(1), new Rgb(255, 255, 255), new Rgb(255, 255, 255), ColorMaps.Label(2)), pixels);
    }

    [Fact]
    public void A_contour_is_white_then_black_and_leaves_the_rest_of_the_picture()
    {
        var image = new RgbImage(6, 1, [.. Enumerable.Repeat((byte)100, 18)]);

        var pixels = Overlay.Contour(image, new LabelMap(6, 1, [0, 1, 1, 1, 1, 1])).Pixels;

        var grey = new Rgb(100, 100, 100);
        Assert.Equal(Colors(grey, new Rgb(255, 255, 255), new Rgb(0, 0, 0), grey, grey, grey), pixels);
        Assert.Throws<ArgumentException>("labels", () => Overlay.Contour(image, new LabelMap(1, 1, [0])));
    }

    [Fact]
    public void Lines_of_large_pictures_are_wider()
    {
        const int side = 240;
        var labels = new LabelMap(side, side, [.. Enumerable.Range(0, side * side).Select(i => (byte)(i % side < 10 ? 1 : 0))]);

        var pixels = Overlay.Labels(new RgbImage(side, side, new byte[side * side * 3]), labels, opacity: 1).Pixels;

        Assert.Equal(2, Enumerable.Range(0, side).Count(x => pixels[3 * x + 1] == 255));
    }

    [Fact]
    public void Mistakes_are_red_where_an_object_is_seen_and_blue_where_one_is_missed()
    {
        var image = new RgbImage(5, 1, [.. Enumerable.Repeat((byte)100, 15)]);

        var pixels = Overlay.Mistakes(image, new LabelMap(5, 1, [0, 1, 0, 2, 1]), new LabelMap(5, 1, [0, 0, 1, 1, LabelMap.Ignore])).Pixels;

        Assert.Equal([100, 100, 100], pixels[..3]);
        Assert.True(pixels[3] > pixels[5] && pixels[6] < pixels[8]);
        Assert.Equal(pixels[3..6], pixels[9..12]);
        Assert.Equal([100, 100, 100], pixels[12..]);
        Assert.Throws<ArgumentException>("truth", () => Overlay.Mistakes(image, new LabelMap(5, 1, new byte[5]), new LabelMap(1, 5, new byte[5])));
    }

    [Fact]
    public void A_box_is_a_line_within_its_borders()
    {
        var image = new RgbImage(5, 5, new byte[75]);

        var pixels = Overlay.Box(image, new PixelBox(1, 1, 3, 3)).Pixels;

        Assert.Equal("....." + ".###." + ".#.#." + ".###." + ".....", string.Concat(Enumerable.Range(0, 25).Select(i => pixels[3 * i] > 0 ? '#' : '.')));
        Assert.Throws<ArgumentException>("box", () => Overlay.Box(image, new PixelBox(3, 0, 3, 1)));
    }

    [Fact]
    public void What_does_not_fit_the_picture_is_an_error()
    {
        var image = new RgbImage(2, 1, new byte[6]);

        Assert.Throws<ArgumentException>("cam", () => Overlay.Heat(image, [0]));
        Assert.Throws<ArgumentException>("labels", () => Overlay.Labels(image, new LabelMap(1, 2, [0, 0])));
        Assert.Throws<ArgumentOutOfRangeException>("opacity", () => Overlay.Heat(image, [0, 0], opacity: 1.5));
        Assert.Throws<ArgumentOutOfRangeException>("opacity", () => Overlay.Labels(image, new LabelMap(2, 1, [0, 0]), opacity: double.NaN));
    }

    private static byte[] Colors(params Rgb[] colors) => [.. colors.SelectMany(c => (byte[])[c.Red, c.Green, c.Blue])];
}
