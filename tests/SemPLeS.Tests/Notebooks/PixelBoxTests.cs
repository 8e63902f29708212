using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class PixelBoxTests
{
    [Theory]
    // Two regions that touch at a corner only.
    [InlineData("##.. #... ..## ..##", 2, 2, 2, 2)]
    // The end of a row is no neighbour of the next row's start.
    [InlineData("...# #... .... ....", 3, 0, 1, 1)]
    // A bent region.
    [InlineData("#... #... ##.. ...#", 0, 0, 2, 3)]
    [InlineData("#### #### #### ####", 0, 0, 4, 4)]
    public void The_box_is_drawn_around_the_largest_region(string rows, int left, int top, int width, int height) =>
        Assert.Equal(new PixelBox(left, top, width, height), PixelBox.AroundLargest(Pixels(rows), 4));

    [Fact]
    public void Nothing_has_no_box()
    {
        Assert.Null(PixelBox.AroundLargest(Pixels(".... ...."), 4));
        Assert.Throws<ArgumentException>("isInside", () => PixelBox.AroundLargest(Pixels("....."), 4));
    }

    private static bool[] Pixels(string rows) => [.. rows.Where(pixel => pixel != ' ').Select(pixel => pixel == '#')];
}
