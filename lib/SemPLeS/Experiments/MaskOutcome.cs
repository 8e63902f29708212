using SemPLeS.Data;

namespace SemPLeS.Experiments;

/// <summary>What became of a split's pseudo masks.</summary>
/// <param name="Threshold">The background threshold, in 0..1.</param>
/// <param name="Written">Masks written now.</param>
/// <param name="Kept">Masks that were there already.</param>
/// <param name="Skipped">Pictures without mask, and why.</param>
public sealed record MaskOutcome(float Threshold, int Written, int Kept, IReadOnlyList<DamagedPicture> Skipped);
