namespace SemPLeS.Data;

/// <summary>What has to be read of a photograph's files before training.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Labels">Classes in ascending order, 0 to 19.</param>
internal sealed record VocEntry(int Width, int Height, int[] Labels);
