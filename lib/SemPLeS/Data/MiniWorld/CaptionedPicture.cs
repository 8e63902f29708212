namespace SemPLeS.Data.MiniWorld;

/// <summary>A picture with its text, as the miniature CLIP learns from.</summary>
/// <param name="Image">64 x 64 pixels.</param>
/// <param name="Caption">0 .. 11, a place in <see cref="MiniWorldClasses.Captions"/>.</param>
public sealed record CaptionedPicture(RgbImage Image, int Caption);
