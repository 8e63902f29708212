using SemPLeS.TrainingFree;
using Xunit;

namespace SemPLeS.Tests.TrainingFree;

public sealed class CamBoxesTests
{
    [Theory]
    // A region in the middle: its box, and no more.
    [InlineData("....|.#..|.##.|....|....", "....|.xx.|.xx.|....|....")]
    // Joined over a corner: one box around both.
    [InlineData("#...|.#..|....|....|....", "xx..|xx..|....|....|....")]
    // Two regions: two boxes.
    [InlineData("#...|....|..#.|....|....", "x...|....|..x.|....|....")]
    // At the right and lower edge the last column and row are lost.
    [InlineData("....|....|....|..##|..##", "....|....|....|..x.|....")]
    [InlineData("...#|....|....|....|....", "....|....|....|....|....")]
    [InlineData("####|####|####|####|####", "xxx.|xxx.|xxx.|xxx.|....")]
    public void What_lies_in_the_box_of_a_region_is_marked(string drawn, string expected)
    {
        float[] cam = [.. drawn.Replace("|", string.Empty, StringComparison.Ordinal).Select(pixel => pixel == '#' ? 1f : .3f)];
        var mask = CamBoxes.Mask(cam, 5, 4, .4);
        Assert.Equal(expected.Replace("|", string.Empty, StringComparison.Ordinal), string.Concat(mask.Select(value => value == 1 ? 'x' : '.')));
    }

    [Fact]
    public void A_region_is_what_exceeds_the_share_in_256_levels_and_a_CAM_of_zeros_has_none()
    {
        // .4 of 255 is 102: a value of 102 levels is not above it, one of 103 is.
        Assert.Equal([1, 0, 1, 0], CamBoxes.Mask([1, 0, 103.5f / 255, 0, 0, 0, 0, 0], 2, 4, .4)[..4]);
        Assert.Equal([1, 0, 0, 0], CamBoxes.Mask([1, 0, 102.5f / 255, 0, 0, 0, 0, 0], 2, 4, .4)[..4]);
        Assert.All(CamBoxes.Mask(new float[9], 3, 3, .4), value => Assert.Equal(0, value));
        Assert.Throws<ArgumentException>(() => CamBoxes.Mask(new float[8], 3, 3, .4));
    }
}
