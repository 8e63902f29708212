using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>Colours for CAMs and labels.</summary>
public static class ColorMaps
{
    // Viridis (van der Walt and Smith, 2015) at ten equal distances: lightness rises evenly, so it is read without seeing hues too.
    private static readonly Rgb[] Viridis =
    [
        new(0x44, 0x01, 0x54), new(0x48, 0x28, 0x78), new(0x3e, 0x49, 0x89), new(0x31, 0x68, 0x8e), new(0x26, 0x82, 0x8e),
        new(0x1f, 0x9e, 0x89), new(0x35, 0xb7, 0x79), new(0x6e, 0xce, 0x58), new(0xb5, 0xde, 0x2b), new(0xfd, 0xe7, 0x25),
    ];

    /// <summary>Viridis, from dark violet at 0 over green to yellow at 1.</summary>
    /// <param name="value">Brought into 0..1; NaN counts as 0.</param>
    public static Rgb Heat(float value)
    {
        var place = (value > 0 ? Math.Min(value, 1) : 0) * (Viridis.Length - 1);
        var left = Math.Min((int)place, Viridis.Length - 2);
        return Viridis[left + 1].Over(Viridis[left], place - left);
    }

    /// <summary>The colour of a label in PASCAL VOC's palette: 0 black, 255 (to be ignored) cream.</summary>
    public static Rgb Label(byte label)
    {
        var color = VocPalette.Colors.Slice(3 * label, 3);
        return new Rgb(color[0], color[1], color[2]);
    }
}
