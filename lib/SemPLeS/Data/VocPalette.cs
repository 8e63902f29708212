namespace SemPLeS.Data;

/// <summary>The colours in which PASCAL VOC shows class indices (VOC development kit, VOClabelcolormap).</summary>
public static class VocPalette
{
    private static readonly byte[] Values = Make();

    /// <summary>256 x 3 values: red, green and blue of each class index.</summary>
    public static ReadOnlySpan<byte> Colors => Values;

    /// <summary>The index's bits, three at a time, become the highest bits of red, green and blue, from the top down.</summary>
    private static byte[] Make()
    {
        var colors = new byte[256 * 3];
        for (var index = 0; index < 256; index++)
        {
            for (var bit = 0; bit < 8; bit++)
                colors[3 * index + bit % 3] |= (byte)((index >> bit & 1) << 7 - bit / 3);
        }

        return colors;
    }
}
