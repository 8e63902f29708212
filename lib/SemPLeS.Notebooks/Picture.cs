using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>A picture of a report.</summary>
/// <param name="Image">The pixels; up to 128 across are shown as squares, more are smoothed.</param>
/// <param name="Description">What a reader who can't see it should know (alt text).</param>
public sealed record Picture(RgbImage Image, string Description);
