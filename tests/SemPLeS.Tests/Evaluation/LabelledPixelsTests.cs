using SemPLeS.Data;
using SemPLeS.Evaluation;
using Xunit;

namespace SemPLeS.Tests.Evaluation;

public sealed class LabelledPixelsTests
{
    [Fact]
    public void Pixels_of_a_class_are_counted_by_what_they_show()
    {
        var pixels = new LabelledPixels(3);
        // Labelled 1: itself, own background, another one, a wall, another object, ignored; labelled 2: its own background; not labelled.
        pixels.Add(
            new LabelMap(8, 1, [1, 1, 1, 1, 1, 1, 2, 0]),
            new LabelMap(8, 1, [1, 0, 0, 0, 2, LabelMap.Ignore, 0, 1]),
            [1, 1, 2, 0, 1, 1, 2, 1]);

        var shares = pixels.Shares();

        double[] first = [.. Enumerable.Range(0, 4).Select(kind => shares[0, kind])];
        Assert.Equal([.2, .2, .4, .2], first);
        Assert.Equal(1, shares[1, 1]);
        Assert.True(double.IsNaN(shares[2, 0]));
    }

    [Fact]
    public void What_does_not_fit_is_an_error_and_not_counted()
    {
        var pixels = new LabelledPixels(1);
        var map = new LabelMap(2, 1, [1, 1]);

        Assert.Throws<ArgumentException>("labels", () => pixels.Add(new LabelMap(1, 1, [1]), map, [0, 0]));
        Assert.Throws<ArgumentException>("labels", () => pixels.Add(new LabelMap(2, 1, [1, 2]), map, [0, 0]));
        Assert.Throws<ArgumentException>("background", () => pixels.Add(map, map, [0]));
        Assert.True(double.IsNaN(pixels.Shares()[0, 0]));
    }
}
