namespace SemPLeS.Notebooks;

/// <summary>An 8-bit sRGB colour.</summary>
/// <param name="Red">0..255.</param>
/// <param name="Green">0..255.</param>
/// <param name="Blue">0..255.</param>
public readonly record struct Rgb(byte Red, byte Green, byte Blue)
{
    /// <summary>The colour as CSS writes it, such as #21918c.</summary>
    public string Css => $"#{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>This colour over another.</summary>
    /// <param name="under">The colour below.</param>
    /// <param name="opacity">0 leaves <paramref name="under"/>, 1 hides it.</param>
    internal Rgb Over(Rgb under, double opacity) =>
        new(Mix(Red, under.Red, opacity), Mix(Green, under.Green, opacity), Mix(Blue, under.Blue, opacity));

    private static byte Mix(byte over, byte under, double opacity) => (byte)Math.Round(under + (over - under) * opacity);
}
