namespace SemPLeS.Data.Coco;

/// <summary>A photograph of an annotation file.</summary>
/// <param name="Id">Its name, without folder and extension.</param>
/// <param name="FileName">Its file's name.</param>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
public sealed record CocoImage(string Id, string FileName, int Width, int Height);
