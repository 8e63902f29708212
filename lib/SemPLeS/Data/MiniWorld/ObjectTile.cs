using System.Numerics;

namespace SemPLeS.Data.MiniWorld;

/// <summary>A square picture of one object.</summary>
/// <param name="Side">Rows and columns, in pixels.</param>
/// <param name="Pixels">Side x Side x 4: red, green and blue, each weighted by the cover, and the object's cover, all in 0..255.</param>
internal sealed record ObjectTile(int Side, byte[] Pixels)
{
    /// <summary>Weighted colour in 0..255, and cover in 0..1.</summary>
    public (Vector3 Colour, float Cover) At(int x, int y)
    {
        var pixel = Pixels.AsSpan((y * Side + x) * 4, 4);
        return (new Vector3(pixel[0], pixel[1], pixel[2]), pixel[3] / 255f);
    }
}
