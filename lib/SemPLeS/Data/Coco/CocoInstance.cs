namespace SemPLeS.Data.Coco;

/// <summary>An annotated object, or a crowd of them.</summary>
/// <param name="Category">1 to 90.</param>
/// <param name="IsCrowd">Whether it is a crowd, which masks leave out.</param>
/// <param name="Start">Where its outline begins in the annotation file, in bytes.</param>
/// <param name="Length">Bytes of its outline.</param>
internal readonly record struct CocoInstance(int Category, bool IsCrowd, int Start, int Length);
