namespace SemPLeS.PseudoMasks;

/// <summary>A numpy data type as a pickle holds it.</summary>
/// <param name="Code">Kind and bytes, such as f4.</param>
internal sealed record PickledType(string Code);
