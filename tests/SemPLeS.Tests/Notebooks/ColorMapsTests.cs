using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class ColorMapsTests
{
    [Theory]
    [InlineData(0f, "#440154")]
    [InlineData(.5f, "#21918c")]
    [InlineData(1f, "#fde725")]
    [InlineData(-3f, "#440154")]
    [InlineData(7f, "#fde725")]
    [InlineData(float.NaN, "#440154")]
    public void The_heat_map_is_viridis(float value, string published)
    {
        var expected = Convert.FromHexString(published.AsSpan(1));
        var color = ColorMaps.Heat(value);

        // The middle lies between two of the control values.
        Assert.InRange(color.Red, expected[0] - 3, expected[0] + 3);
        Assert.InRange(color.Green, expected[1] - 3, expected[1] + 3);
        Assert.InRange(color.Blue, expected[2] - 3, expected[2] + 3);
    }

    [Fact]
    public void The_heat_map_grows_lighter_at_every_step()
    {
        var lightness = Enumerable.Range(0, 101).Select(i => ColorMaps.Heat(i / 100f)).Select(c => .2126 * Linear(c.Red) + .7152 * Linear(c.Green) + .0722 * Linear(c.Blue)).ToArray();

        Assert.All(lightness.Zip(lightness.Skip(1)), pair => Assert.True(pair.Second > pair.First));

        static double Linear(byte value) => Math.Pow(value / 255.0, 2.2);
    }

    [Theory]
    [InlineData(0, "#000000")]
    [InlineData(1, "#800000")]
    [InlineData(7, "#808080")]
    [InlineData(15, "#c08080")]
    [InlineData(20, "#004080")]
    [InlineData(255, "#e0e0c0")]
    public void Labels_have_the_colours_of_PASCAL_VOC(byte label, string color) => Assert.Equal(color, ColorMaps.Label(label).Css);
}
