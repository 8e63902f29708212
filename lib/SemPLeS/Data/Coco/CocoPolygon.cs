namespace SemPLeS.Data.Coco;

/// <summary>
/// Which pixels a polygon covers, to the pixel as MS COCO's own tools have it (their maskApi, from whose published rules this is written): corners are rounded to fifths
/// of a pixel, the edges walked in steps of a fifth, and where the walk crosses the middle of a column the inside begins or ends.
/// </summary>
internal static class CocoPolygon
{
    private const int Fifths = 5;
    private const int Middle = 2;

    /// <summary>The positions at which outside and inside take turns.</summary>
    public static IReadOnlyList<int> Changes(ReadOnlySpan<double> corners, int width, int height)
    {
        var changes = new List<int>();
        (int X, int Y)? before = null;
        for (var i = 0; i < corners.Length; i += 2)
        {
            var next = (i + 2) % corners.Length;
            foreach (var point in Edge((Fine(corners[i]), Fine(corners[i + 1])), (Fine(corners[next]), Fine(corners[next + 1]))))
            {
                if (before is { } last && point.X != last.X && Column(Math.Min(point.X, last.X), width) is { } column)
                    changes.Add(column * height + Row(Math.Min(point.Y, last.Y), height));
                before = point;
            }
        }

        changes.Sort();
        return changes;
    }

    private static int Fine(double coordinate) => (int)(Fifths * coordinate + .5);

    /// <summary>The points of an edge, a fifth of a pixel apart along its longer side. They are computed from the same end whichever way the edge is walked.</summary>
    private static IEnumerable<(int X, int Y)> Edge((int X, int Y) from, (int X, int Y) to)
    {
        var (wide, high) = (Math.Abs(to.X - from.X), Math.Abs(to.Y - from.Y));
        var isWide = wide >= high;
        var isBackward = isWide ? from.X > to.X : from.Y > to.Y;
        var (start, end) = isBackward ? (to, from) : (from, to);
        var steps = Math.Max(wide, high);
        var slope = steps == 0 ? 0 : isWide ? (double)(end.Y - start.Y) / wide : (double)(end.X - start.X) / high;
        for (var step = 0; step <= steps; step++)
        {
            var along = isBackward ? steps - step : step;
            yield return isWide
                ? (start.X + along, (int)(start.Y + slope * along + .5))
                : ((int)(start.X + slope * along + .5), start.Y + along);
        }
    }

    /// <summary>The column whose middle lies between a fifth and the next; null where there is none.</summary>
    private static int? Column(int fifth, int width) => fifth >= Middle && (fifth - Middle) % Fifths == 0 && (fifth - Middle) / Fifths < width ? (fifth - Middle) / Fifths : null;

    /// <summary>The first row whose middle is not above.</summary>
    private static int Row(int fifth, int height) => fifth <= Middle ? 0 : Math.Min((fifth - Middle + Fifths - 1) / Fifths, height);
}
