namespace SemPLeS.Data;

/// <summary>A rectangle of whole pixels in an image.</summary>
/// <param name="Left">Columns left of it, at least 0.</param>
/// <param name="Top">Rows above it, at least 0.</param>
/// <param name="Width">Its columns, at least 1.</param>
/// <param name="Height">Its rows, at least 1.</param>
public readonly record struct CropBox(int Left, int Top, int Width, int Height);
