namespace SemPLeS.Experiments.Ablations;

/// <summary>The numbers of one row on one world at one training seed.</summary>
/// <param name="World">The world.</param>
/// <param name="Seed">The training's own seed.</param>
/// <param name="Values">In the order of the table's columns; null where the row has no such number.</param>
public sealed record AblationCell(int World, int Seed, IReadOnlyList<double?> Values);
