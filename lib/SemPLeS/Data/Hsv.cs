using System.Numerics;

namespace SemPLeS.Data;

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

    /// <summary>Hue in 0..1 turns, 0 for greys; saturation and value in 0..1.</summary>
    /// <param name="red">0..255.</param>
    /// <param name="green">0..255.</param>
    /// <param name="blue">0..255.</param>
    public static (double Hue, double Saturation, double Value) FromRgb(byte red, byte green, byte blue)
    {
        var most = Math.Max(red, Math.Max(green, blue));
        double range = most - Math.Min(red, Math.Min(green, blue));
        if (range == 0)
            return (0, 0, most / 255.0);
        var sixths = most == red ? (green - blue) / range : most == green ? 2 + (blue - red) / range : 4 + (red - green) / range;
        return ((sixths < 0 ? sixths + 6 : sixths) / 6, range / most, most / 255.0);
    }
}
