namespace SemPLeS.PseudoMasks;

/// <summary>The picture's own size times the scale, rounded down (WeakTr); the network sees whole patches only.</summary>
public sealed record NativeSize : InputSize
{
    /// <inheritdoc/>
    public override (int Width, int Height) At(int width, int height, double scale) => (Math.Max(1, (int)(width * scale)), Math.Max(1, (int)(height * scale)));
}
