using SemPLeS.Evaluation;
using Xunit;

namespace SemPLeS.Tests.Evaluation;

public sealed class PlaneProjectionTests
{
    [Fact]
    public void Points_of_a_plane_keep_their_distances_and_nothing_is_lost()
    {
        // Four corners of a rectangle of 4 x 2 in the plane y = 5.
        double[,] corners = { { 0, 5, 0 }, { 4, 5, 0 }, { 0, 5, 2 }, { 4, 5, 2 } };

        var plane = PlaneProjection.Of(corners);
        var placed = plane.Place(corners);

        Assert.Equal(1, plane.Share, 9);
        double[] expected = [-2, -1, 2, -1, -2, 1, 2, 1];
        Assert.All(expected.Zip(placed.SelectMany(point => new[] { point.X, point.Y })), pair => Assert.Equal(pair.First, pair.Second, 9));
    }

    [Fact]
    public void The_share_is_that_of_the_two_widest_directions()
    {
        // Variances 9, 4 and 1 along the axes.
        double[,] points = { { 3, 0, 0 }, { -3, 0, 0 }, { 0, 2, 0 }, { 0, -2, 0 }, { 0, 0, 1 }, { 0, 0, -1 } };

        Assert.Equal(13 / 14.0, PlaneProjection.Of(points).Share, 9);
    }

    [Fact]
    public void Other_points_are_placed_in_the_same_plane()
    {
        double[,] points = { { 1, 0, 0 }, { -1, 0, 0 }, { 0, .5, 0 }, { 0, -.5, 0 } };
        var (x, y) = Assert.Single(PlaneProjection.Of(points).Place(new double[,] { { 7, 3, 100 } }));
        Assert.Equal((7, 3), (Math.Round(x, 9), Math.Round(y, 9)));
    }

    [Fact]
    public void What_spans_no_plane_is_refused()
    {
        Assert.Throws<ArgumentException>(() => PlaneProjection.Of(new double[,] { { 1, 2 }, { 3, 4 } }));
        Assert.Throws<ArgumentException>(() => PlaneProjection.Of(new double[,] { { 1, 2 }, { 1, 2 }, { 1, 2 } }));
        Assert.Throws<ArgumentException>(() => PlaneProjection.Of(new double[,] { { 1, 2 }, { 2, 2 }, { 1, 3 } }).Place(new double[1, 3]));
    }
}
