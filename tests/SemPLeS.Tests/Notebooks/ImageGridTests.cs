using SemPLeS.Data;
using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class ImageGridTests
{
    [Fact]
    public void Tiles_stand_in_rows_with_white_between_and_behind_a_short_row()
    {
        var grid = ImageGrid.Build([Tile(10), Tile(20), Tile(30)], columns: 2, gap: 1);

        Assert.Equal((3, 5), (grid.Width, grid.Height));
        Assert.Equal([10, 255, 20, 10, 255, 20, 255, 255, 255, 30, 255, 255, 30, 255, 255], grid.Pixels.Where((_, i) => i % 3 == 0));

        static RgbImage Tile(byte value) => new(1, 2, [.. Enumerable.Repeat(value, 6)]);
    }

    [Fact]
    public void Tiles_of_another_size_are_an_error_that_names_the_tile()
    {
        var error = Assert.Throws<ArgumentException>(() => ImageGrid.Build([new RgbImage(1, 1, new byte[3]), new RgbImage(2, 1, new byte[6])], columns: 2));

        Assert.Contains("Tile 1 has 2x1", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => ImageGrid.Build([], columns: 2));
    }
}
