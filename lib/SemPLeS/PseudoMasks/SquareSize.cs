namespace SemPLeS.PseudoMasks;

/// <summary>Squashed to a square, whatever the proportions.</summary>
/// <param name="Side">Rows and columns at scale 1, in pixels.</param>
public sealed record SquareSize(int Side) : InputSize
{
    /// <inheritdoc/>
    public override (int Width, int Height) At(int width, int height, double scale)
    {
        var side = Math.Max(1, (int)Math.Round(Side * scale));
        return (side, side);
    }
}
