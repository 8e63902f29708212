namespace SemPLeS.Data;

/// <summary>One photograph of a VOC data set.</summary>
/// <param name="Id">Its name, without folder and extension.</param>
/// <param name="ImagePath">The photograph's file.</param>
/// <param name="MaskPath">The mask's file; null when there is none.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Labels">Its classes in ascending order, 0 to 19.</param>
public sealed record VocItem(string Id, string ImagePath, string? MaskPath, int Width, int Height, IReadOnlyList<int> Labels);
