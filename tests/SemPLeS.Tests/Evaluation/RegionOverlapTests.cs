using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SemPLeS.Evaluation;
using Xunit;

namespace SemPLeS.Tests.Evaluation;

public sealed class RegionOverlapTests
{
    [Fact]
    public void The_best_threshold_serves_all_pictures_together()
    {
        var overlap = new RegionOverlap();
        // At .5 and above: 2 of 3 pixels inside and none outside in the first picture, 1 of 1 and one outside in the second: 3 of 5. At .2 everything inside, and two more outside: 4 of 7.
        overlap.Add([.9f, .5f, .2f, .1f], [true, true, true, false]);
        overlap.Add([.8f, .6f, .2f, .2f], [true, false, false, false]);

        Assert.Equal((3 / 5.0, .5), overlap.Best());
        Assert.Equal((4 / 8.0, 2), (overlap.Everywhere, overlap.Pictures));
    }

    [Fact]
    public void A_map_of_the_region_overlaps_wholly_and_a_constant_map_as_everywhere()
    {
        var exact = new RegionOverlap();
        exact.Add([1, 0, 1, 0], [true, false, true, false]);
        Assert.Equal(1, exact.Best().Iou);
        var constant = new RegionOverlap();
        constant.Add([.4f, .4f, .4f, .4f], [true, false, false, false]);
        Assert.Equal(constant.Everywhere, constant.Best().Iou);
    }

    [Property]
    public Property No_map_does_worse_than_everywhere() => Prop.ForAll(Gen.Choose(0, 100).Two().ArrayOf().Where(pixels => pixels.Length > 0).ToArbitrary(), pixels =>
    {
        var overlap = new RegionOverlap();
        overlap.Add([.. pixels.Select(pixel => pixel.Item1 / 100f)], [.. pixels.Select(pixel => pixel.Item2 > 50)]);
        var (iou, threshold) = overlap.Best();
        return iou >= overlap.Everywhere - 1e-12 && iou <= 1 && threshold is >= 0 and < 1;
    });

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var overlap = new RegionOverlap();
        Assert.Throws<ArgumentException>(() => overlap.Add([.5f], [true, false]));
        Assert.Throws<ArgumentException>(() => overlap.Add([1.5f], [true]));
        Assert.Throws<ArgumentException>(() => overlap.Add([float.NaN], [true]));
        Assert.Throws<InvalidOperationException>(() => overlap.Best());
    }
}
