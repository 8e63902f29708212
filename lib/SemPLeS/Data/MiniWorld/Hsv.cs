using System.Numerics;

namespace SemPLeS.Data.MiniWorld;

/// <summary>Colours by hue, saturation and value.</summary>
internal static class Hsv
{
    /// <summary>Red, green and blue in 0..255.</summary>
    /// <param name="hue">In turns; any number.</param>
    /// <param name="saturation">0..1.</param>
    /// <param name="value">0..1.</param>
    public static Vector3 ToRgb(double hue, double saturation, double value)
    {
        var sixths = (hue - Math.Floor(hue)) * 6;
        return 255 * new Vector3(Channel(5), Channel(3), Channel(1));

        float Channel(int offset)
        {
            var place = (offset + sixths) % 6;
            return (float)(value * (1 - saturation * Math.Clamp(Math.Min(place, 4 - place), 0, 1)));
        }
    }
}
