using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using SemPLeS.Data;
using SemPLeS.Data.Coco;
using Xunit;

namespace SemPLeS.Tests.Data.Coco;

public sealed class CocoOutlineTests
{
    /// <summary>Worked out by hand from the reference's rules: corners in fifths of a pixel, the row at which the edge passes the middle of each column.</summary>
    public static TheoryData<string, string[]> Drawn => new()
    {
        { "[[0,0,4,0,0,4]]", ["###..", "##...", "#....", ".....", "....."] },
        { "[[0,0,0,4,4,0]]", ["###..", "##...", "#....", ".....", "....."] },
        { "[[1,1,3,1,3,4,1,4]]", [".....", ".##..", ".##..", ".##..", "....."] },
        { "[[1.4,0,2.6,0,2.6,5,1.4,5]]", [".##..", ".##..", ".##..", ".##..", ".##.."] },
        { "[[1.6,0,2.4,0,2.4,5,1.6,5]]", [".....", ".....", ".....", ".....", "....."] },
        { "[[-3,-3,2,-3,2,2,-3,2]]", ["##...", "##...", ".....", ".....", "....."] },
        { "[[3,3,9,3,9,9,3,9]]", [".....", ".....", ".....", "...##", "...##"] },
        { "[[0,0,1,0,1,1,0,1],[3,3,4,3,4,4,3,4]]", ["#....", ".....", ".....", "...#.", "....."] },
        { "[[0,0,5,0,5,5,0,5,0,0,1,1,4,1,4,4,1,4,1,1]]", ["#####", "#...#", "#...#", "#...#", "#####"] },
        { """{"counts":[6,3,2,3,11],"size":[5,5]}""", [".....", ".##..", ".##..", ".##..", "....."] },
        { """{"counts":[0,25],"size":[5,5]}""", ["#####", "#####", "#####", "#####", "#####"] },
    };

    [Theory]
    [MemberData(nameof(Drawn))]
    public void An_outline_covers_the_pixels_that_the_reference_gives_it(string json, string[] rows) => Assert.Equal(rows, Rows(json, 5, 5));

    [Fact]
    public void Compressed_run_lengths_are_those_that_the_reference_compresses_to_them()
    {
        // Published with pycocotools' encoding of it: 5 2 2 2 5 in a picture of 4x4.
        Assert.Equal(["....", ".##.", ".##.", "...."], Rows("""{"counts":"52203","size":[4,4]}""", 4, 4));
    }

    [Property]
    public Property Compressed_run_lengths_say_what_plain_ones_say() => Prop.ForAll(Gen.Choose(1, 2000).NonEmptyListOf().Select(counts => counts.ToArray()).ToArbitrary(), counts =>
    {
        var total = counts.Sum();
        return CocoOutline.Parse(Encoding.UTF8.GetBytes($$"""{"counts":{{JsonSerializer.Serialize(Compress(counts))}},"size":[{{total}},1]}"""), 1, total)[0].Changes
            .SequenceEqual(CocoOutline.FromRunLengths(counts.Select(count => (long)count), 1, total).Changes);
    });

    [Property]
    public Property Away_from_its_edges_a_polygon_covers_what_is_inside_by_the_even_odd_rule()
    {
        var corner = Gen.Choose(-30, 230).Select(tenth => tenth / 10.0);
        return Prop.ForAll(Gen.ArrayOf(corner, 8).ToArbitrary(), corners =>
        {
            var map = new LabelMap(20, 20, new byte[400]);
            CocoOutline.FromPolygon(corners, 20, 20).Paint(map, 1);
            return Enumerable.Range(0, 400).All(i =>
            {
                var (x, y) = (i % 20 + .5, i / 20 + .5);
                return Distance(corners, x, y) < 1 || map.Labels[i] == (IsInside(corners, x, y) ? 1 : 0);
            });
        });
    }

    [Theory]
    [InlineData("[[0,0,4,0]]", "no three corners")]
    [InlineData("[[0,0,4,0,0,4,1]]", "no three corners")]
    [InlineData("[[0,0,4,0,0,1e9]]", "a corner at 1000000000")]
    [InlineData("""{"counts":[5,5],"size":[5,5]}""", "end after 10")]
    [InlineData("""{"counts":[30],"size":[5,5]}""", "go beyond 5x5")]
    [InlineData("""{"counts":[-1,26],"size":[5,5]}""", "go beyond 5x5")]
    [InlineData("""{"counts":[25],"size":[5,6]}""", "6x5")]
    [InlineData("""{"counts":"5é","size":[5,5]}""", "'é'")]
    [InlineData("""{"counts":"5o","size":[5,5]}""", "break off")]
    public void An_outline_that_is_none_is_an_error(string json, string text) =>
        Assert.Contains(text, Assert.Throws<FormatException>(() => Rows(json, 5, 5)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("12")]
    [InlineData("[[1,")]
    [InlineData("""{"size":[5,5]}""")]
    public void What_is_no_outline_is_an_error(string json) => Assert.ThrowsAny<JsonException>(() => Rows(json, 5, 5));

    private static string[] Rows(string json, int width, int height)
    {
        var map = new LabelMap(width, height, new byte[width * height]);
        foreach (var outline in CocoOutline.Parse(Encoding.UTF8.GetBytes(json), width, height))
            outline.Paint(map, 1);
        return [.. map.Labels.Chunk(width).Select(row => string.Concat(row.Select(label => label == 0 ? '.' : '#')))];
    }

    private static string Compress(int[] counts)
    {
        var text = new StringBuilder();
        for (var i = 0; i < counts.Length; i++)
        {
            var value = i > 2 ? counts[i] - counts[i - 2] : counts[i];
            bool more;
            do
            {
                var bits = value & 31;
                value >>= 5;
                more = (bits & 16) != 0 ? value != -1 : value != 0;
                text.Append((char)((more ? bits | 32 : bits) + 48));
            }
            while (more);
        }

        return text.ToString();
    }

    private static bool IsInside(double[] corners, double x, double y)
    {
        var inside = false;
        for (var i = 0; i < corners.Length; i += 2)
        {
            var (ax, ay, bx, by) = Edge(corners, i);
            if (ay > y != by > y && x < ax + (y - ay) / (by - ay) * (bx - ax))
                inside = !inside;
        }

        return inside;
    }

    private static double Distance(double[] corners, double x, double y) => Enumerable.Range(0, corners.Length / 2).Min(i =>
    {
        var (ax, ay, bx, by) = Edge(corners, 2 * i);
        var square = (bx - ax) * (bx - ax) + (by - ay) * (by - ay);
        var along = square == 0 ? 0 : Math.Clamp(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / square, 0, 1);
        return Math.Sqrt(Math.Pow(ax + along * (bx - ax) - x, 2) + Math.Pow(ay + along * (by - ay) - y, 2));
    });

    private static (double Ax, double Ay, double Bx, double By) Edge(double[] corners, int i) =>
        (corners[i], corners[i + 1], corners[(i + 2) % corners.Length], corners[(i + 3) % corners.Length]);
}
