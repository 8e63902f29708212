using SemPLeS.Notebooks;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class PaletteTests
{
    // Machado, Oliveira and Fernandes (2009), severity 1: linear RGB as those without one kind of cones see it.
    private static readonly Dictionary<string, double[][]> Vision = new()
    {
        ["all cones"] = [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
        ["protanopia"] = [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
        ["deuteranopia"] = [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]],
        ["tritanopia"] = [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]],
    };

    /// <summary>A difference of 2.3 is just noticed side by side (CIE 1976); lines and legends are apart.</summary>
    [Theory]
    [InlineData("all cones")]
    [InlineData("protanopia")]
    [InlineData("deuteranopia")]
    [InlineData("tritanopia")]
    public void Any_two_colours_are_told_apart(string vision)
    {
        var seen = Palette.Colors.Select(color => Lab(Seen(Linear(color), Vision[vision]))).ToArray();

        for (var i = 0; i < seen.Length; i++)
        {
            for (var j = 0; j < i; j++)
                Assert.True(Distance(seen[i], seen[j]) > 20, $"{Palette.Colors[i].Css} and {Palette.Colors[j].Css} differ by {Distance(seen[i], seen[j]):0.0}");
        }
    }

    [Theory]
    [InlineData(0xff, 0xff, 0xff)]
    [InlineData(0x1e, 0x1e, 0x1e)]
    [InlineData(0x0d, 0x11, 0x17)]
    public void Every_colour_has_a_contrast_of_three_on_light_and_dark_pages(byte red, byte green, byte blue)
    {
        var page = Luminance(new Rgb(red, green, blue));

        Assert.All(Palette.Colors, color =>
        {
            var own = Luminance(color);
            Assert.True((Math.Max(own, page) + .05) / (Math.Min(own, page) + .05) >= 3, color.Css);
        });
    }

    private static double Luminance(Rgb color)
    {
        var linear = Linear(color);
        return .2126 * linear[0] + .7152 * linear[1] + .0722 * linear[2];
    }

    private static double[] Linear(Rgb color) => [.. new[] { color.Red, color.Green, color.Blue }.Select(value => value / 255.0)
        .Select(value => value <= .04045 ? value / 12.92 : Math.Pow((value + .055) / 1.055, 2.4))];

    private static double[] Seen(double[] linear, double[][] matrix) => [.. matrix.Select(row => Math.Clamp(row[0] * linear[0] + row[1] * linear[1] + row[2] * linear[2], 0, 1))];

    private static double[] Lab(double[] linear)
    {
        var x = Root((.4124 * linear[0] + .3576 * linear[1] + .1805 * linear[2]) / .95047);
        var y = Root(.2126 * linear[0] + .7152 * linear[1] + .0722 * linear[2]);
        var z = Root((.0193 * linear[0] + .1192 * linear[1] + .9505 * linear[2]) / 1.08883);
        return [116 * y - 16, 500 * (x - y), 200 * (y - z)];

        static double Root(double value) => value > .008856 ? Math.Cbrt(value) : 7.787 * value + 16.0 / 116;
    }

    private static double Distance(double[] first, double[] second) => Math.Sqrt(first.Zip(second, (a, b) => (a - b) * (a - b)).Sum());
}
