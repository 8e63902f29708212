using SemPLeS.MaskGenerator;

namespace SemPLeS.Notebooks;

/// <summary>A generator in a row of pictures.</summary>
/// <param name="Name">What stands above its CAMs, such as stage a.</param>
/// <param name="Generator">The generator, in evaluation mode; it remains the caller's.</param>
public sealed record NamedGenerator(string Name, WeakTrGenerator Generator);
