namespace SemPLeS.PseudoMasks;

/// <summary>The shorter side brought to a length, the longer in proportion, both to the nearest multiple of the patch.</summary>
/// <param name="Length">The shorter side at scale 1, in pixels.</param>
/// <param name="Multiple">Side of a patch, in pixels.</param>
public sealed record ShortSide(int Length, int Multiple) : InputSize
{
    /// <inheritdoc/>
    public override (int Width, int Height) At(int width, int height, double scale)
    {
        var shorter = (double)Math.Min(width, height);
        return (Rounded(Rounded(Length * width / shorter) * scale), Rounded(Rounded(Length * height / shorter) * scale));
    }

    private int Rounded(double side) => Math.Max(1, (int)Math.Round(side / Multiple)) * Multiple;
}
