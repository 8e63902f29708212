namespace SemPLeS.Data;

/// <summary>
/// Draws a picture through an affine map with cubic interpolation, to the bit as Pillow 9.4 does (Image.transform with AFFINE and BICUBIC): Keys' cubic with
/// a = -1, the picture's edge continued, results cut off to whole numbers.
/// </summary>
internal static class AffineWarp
{
    /// <summary>The new pixel in column x and row y shows the picture at (a x + b y + c, d x + e y + f), measured from the corner; outside of the picture the fill.</summary>
    public static RgbImage Apply(RgbImage image, (double A, double B, double C, double D, double E, double F) map, (byte Red, byte Green, byte Blue) fill)
    {
        var (width, height) = (image.Width, image.Height);
        var pixels = new byte[image.Pixels.Length];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (sourceX, sourceY) = (map.A * (x + .5) + map.B * (y + .5) + map.C, map.D * (x + .5) + map.E * (y + .5) + map.F);
                var target = pixels.AsSpan((y * width + x) * 3, 3);
                if (sourceX >= 0 && sourceX < width && sourceY >= 0 && sourceY < height)
                    Interpolate(image, sourceX - .5, sourceY - .5, target);
                else
                    (target[0], target[1], target[2]) = fill;
            }
        }

        return new RgbImage(width, height, pixels);
    }

    /// <summary>A turn by an angle about the picture's middle, counter-clockwise.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="degrees">The angle.</param>
    /// <param name="fill">What comes in from outside.</param>
    public static RgbImage Rotate(RgbImage image, double degrees, (byte, byte, byte) fill)
    {
        const int digits = 15;
        var angle = -(degrees - 360 * Math.Floor(degrees / 360)) * Math.PI / 180;
        var (cosine, sine) = (Math.Round(Math.Cos(angle), digits), Math.Round(Math.Sin(angle), digits));
        var (middleX, middleY) = (image.Width / 2.0, image.Height / 2.0);
        return Apply(image, (cosine, sine, -cosine * middleX - sine * middleY + middleX, -sine, cosine, sine * middleX - cosine * middleY + middleY), fill);
    }

    private static void Interpolate(RgbImage image, double x, double y, Span<byte> target)
    {
        var (left, top) = ((int)Math.Floor(x), (int)Math.Floor(y));
        var (right, down) = (x - left, y - top);
        Span<int> columns = stackalloc int[4];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Math.Clamp(left - 1 + i, 0, image.Width - 1) * 3;
        Span<double> values = stackalloc double[4];
        for (var channel = 0; channel < 3; channel++)
        {
            for (var i = 0; i < values.Length; i++)
            {
                var row = image.Pixels.AsSpan(Math.Clamp(top - 1 + i, 0, image.Height - 1) * image.Width * 3 + channel);
                values[i] = Cubic(row[columns[0]], row[columns[1]], row[columns[2]], row[columns[3]], right);
            }

            target[channel] = (byte)Math.Clamp(Cubic(values[0], values[1], values[2], values[3], down), 0, 255);
        }
    }

    private static double Cubic(double v0, double v1, double v2, double v3, double along)
    {
        var square = 2 * (v0 - v1) + v2 - v3;
        var cube = -v0 + v1 - v2 + v3;
        return v1 + along * (-v0 + v2 + along * (square + along * cube));
    }
}
