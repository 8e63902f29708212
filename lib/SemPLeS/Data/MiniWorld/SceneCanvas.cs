using System.Numerics;

namespace SemPLeS.Data.MiniWorld;

/// <summary>A picture of 64 x 64 pixels in the making, with its maps.</summary>
/// <param name="random">What the wall is drawn from.</param>
internal sealed class SceneCanvas(RandomStream random)
{
    private const int Side = MiniWorldClasses.Side;

    private readonly Vector3[] _colours = TexturePainter.Wall(random);

    /// <summary>0, or object + 1.</summary>
    public byte[] Labels { get; } = new byte[Side * Side];

    /// <summary>0 for the wall, or background + 1, under objects too.</summary>
    public byte[] Background { get; } = new byte[Side * Side];

    /// <summary>Covers the rows from <paramref name="top"/> to before <paramref name="bottom"/> with a background.</summary>
    public void PaintRows(RandomStream random, int background, int top, int bottom)
    {
        var rows = (top * Side)..(bottom * Side);
        TexturePainter.Paint(random, (MiniTexture)background).AsSpan(rows).CopyTo(_colours.AsSpan(rows));
        Background.AsSpan(rows).Fill((byte)(background + 1));
    }

    /// <summary>Lays an object over the picture; what reaches outside is cut off.</summary>
    public void Paste(ObjectTile tile, double centreX, double centreY, int name)
    {
        var left = (int)Math.Round(centreX - tile.Side / 2.0);
        var top = (int)Math.Round(centreY - tile.Side / 2.0);
        for (var y = Math.Max(0, -top); y < Math.Min(tile.Side, Side - top); y++)
        {
            for (var x = Math.Max(0, -left); x < Math.Min(tile.Side, Side - left); x++)
            {
                var (colour, cover) = tile.At(x, y);
                var place = (top + y) * Side + left + x;
                // The tile's colour is already weighted by its cover: it was averaged with black outside the object.
                _colours[place] = _colours[place] * (1 - cover) + colour;
                if (cover > .5f)
                    Labels[place] = (byte)(name + 1);
            }
        }
    }

    /// <summary>The picture so far, values cut to whole numbers.</summary>
    public RgbImage ToImage()
    {
        var pixels = new byte[Side * Side * 3];
        for (var i = 0; i < _colours.Length; i++)
        {
            var colour = Vector3.Clamp(_colours[i], Vector3.Zero, new Vector3(255));
            (pixels[i * 3], pixels[i * 3 + 1], pixels[i * 3 + 2]) = ((byte)colour.X, (byte)colour.Y, (byte)colour.Z);
        }

        return new RgbImage(Side, Side, pixels);
    }
}
