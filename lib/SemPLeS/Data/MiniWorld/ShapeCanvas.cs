using System.Numerics;
using System.Runtime.InteropServices;

namespace SemPLeS.Data.MiniWorld;

/// <summary>
/// Draws convex shapes into a square at four times the final resolution. Coordinates run from about -.5 to .5, x to the right and y down, and are
/// mirrored, scaled and rotated on the way.
/// </summary>
internal sealed class ShapeCanvas
{
    private const int Oversampling = 4;
    private const int EllipseCorners = 28;

    private readonly int _side;
    private readonly int _finalSide;
    private readonly uint[] _pixels;
    private readonly double _scaleX, _scaleY, _cosine, _sine;

    /// <summary>Starts with nothing drawn.</summary>
    /// <param name="size">Side of the final tile, in pixels.</param>
    /// <param name="scaleX">Factor of x; negative mirrors.</param>
    /// <param name="scaleY">Factor of y.</param>
    /// <param name="rotation">In radians, after scaling.</param>
    public ShapeCanvas(double size, double scaleX, double scaleY, double rotation)
    {
        _side = (int)(size * Oversampling);
        _finalSide = (int)Math.Round(size);
        _pixels = new uint[_side * _side];
        (_scaleX, _scaleY) = (scaleX, scaleY);
        (_sine, _cosine) = Math.SinCos(rotation);
    }

    /// <summary>Fills an ellipse.</summary>
    public void Ellipse(double centreX, double centreY, double radiusX, double radiusY, Vector3 colour)
    {
        Span<(double, double)> corners = stackalloc (double, double)[EllipseCorners];
        for (var i = 0; i < EllipseCorners; i++)
        {
            var (sine, cosine) = Math.SinCos(i * 2 * Math.PI / (EllipseCorners - 1));
            corners[i] = (centreX + radiusX * cosine, centreY + radiusY * sine);
        }

        Polygon(colour, corners);
    }

    /// <summary>Fills a convex polygon.</summary>
    public void Polygon(Vector3 colour, params ReadOnlySpan<(double X, double Y)> corners)
    {
        Span<(int X, int Y)> places = stackalloc (int, int)[corners.Length];
        var pixel = MemoryMarshal.Read<uint>([(byte)colour.X, (byte)colour.Y, (byte)colour.Z, 255]);
        var (top, bottom) = (_side - 1, 0);
        for (var i = 0; i < corners.Length; i++)
        {
            places[i] = Place(corners[i]);
            top = Math.Min(top, places[i].Y);
            bottom = Math.Max(bottom, places[i].Y);
        }

        for (var y = Math.Max(top, 0); y <= Math.Min(bottom, _side - 1); y++)
        {
            var (left, right) = Crossing(places, y);
            // Pixels that the outline touches belong to the shape.
            var first = Math.Max((int)Math.Floor(left + .5), 0);
            var last = Math.Min((int)Math.Ceiling(right - .5), _side - 1);
            if (first <= last)
                _pixels.AsSpan(y * _side + first, last - first + 1).Fill(pixel);
        }
    }

    /// <summary>Averages down to the final size.</summary>
    public ObjectTile ToTile() =>
        new(_finalSide, Resampler.Resize(MemoryMarshal.AsBytes(_pixels.AsSpan()), _side, _side, 4, _finalSide, _finalSide, ResampleFilter.Box));

    private (int X, int Y) Place((double X, double Y) corner)
    {
        var (x, y) = (corner.X * _scaleX, corner.Y * _scaleY);
        return ((int)((_cosine * x - _sine * y + .5) * _side), (int)((_sine * x + _cosine * y + .5) * _side));
    }

    private static (double Left, double Right) Crossing(ReadOnlySpan<(int X, int Y)> corners, int y)
    {
        var (left, right) = (double.PositiveInfinity, double.NegativeInfinity);
        var from = corners[^1];
        foreach (var to in corners)
        {
            if (y >= Math.Min(from.Y, to.Y) && y <= Math.Max(from.Y, to.Y))
            {
                // The far end of a level side is met again as the start of the next one.
                var x = from.Y == to.Y ? from.X : from.X + (double)(y - from.Y) * (to.X - from.X) / (to.Y - from.Y);
                left = Math.Min(left, x);
                right = Math.Max(right, x);
            }

            from = to;
        }

        return (left, right);
    }
}
