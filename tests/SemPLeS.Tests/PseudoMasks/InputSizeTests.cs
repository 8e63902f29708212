using SemPLeS.PseudoMasks;
using Xunit;

namespace SemPLeS.Tests.PseudoMasks;

public sealed class InputSizeTests
{
    public static TheoryData<InputSize, int, int, double, int, int> Sizes => new()
    {
        { new NativeSize(), 500, 375, 1, 500, 375 },
        { new NativeSize(), 500, 375, 1.2, 600, 450 },
        { new NativeSize(), 333, 499, .8, 266, 399 },
        { new NativeSize(), 1, 3, .5, 1, 1 },
        { new ShortSide(224, 16), 500, 375, 1, 304, 224 },
        { new ShortSide(224, 16), 375, 500, 1, 224, 304 },
        { new ShortSide(224, 16), 500, 500, 1, 224, 224 },
        { new ShortSide(224, 16), 500, 375, 1.2, 368, 272 },
        { new ShortSide(224, 16), 500, 375, .75, 224, 160 },
        { new ShortSide(224, 16), 2240, 224, 1, 2240, 224 },
        { new ShortSide(64, 8), 63, 65, 1, 64, 64 },
        { new SquareSize(224), 500, 375, 1, 224, 224 },
        { new SquareSize(224), 10, 3000, 1.5, 336, 336 },
        { new SquareSize(5), 10, 10, .05, 1, 1 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void A_picture_is_brought_to_the_size(InputSize input, int width, int height, double scale, int expectedWidth, int expectedHeight) =>
        Assert.Equal((expectedWidth, expectedHeight), input.At(width, height, scale));
}
