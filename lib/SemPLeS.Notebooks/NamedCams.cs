using SemPLeS.PseudoMasks;

namespace SemPLeS.Notebooks;

/// <summary>A method in a row of pictures.</summary>
/// <param name="Name">What stands above its CAMs, such as CLIMS.</param>
/// <param name="Cams">Makes them; it remains the caller's.</param>
public sealed record NamedCams(string Name, ICamExtractor Cams);
