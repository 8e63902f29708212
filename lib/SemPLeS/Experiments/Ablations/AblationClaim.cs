namespace SemPLeS.Experiments.Ablations;

/// <summary>An order of two rows that the paper claims, or that a reader wants to be judged.</summary>
/// <param name="Higher">The row that is said to be better, counted from 0.</param>
/// <param name="Lower">The other row.</param>
/// <param name="Column">The number that is compared, counted from 0.</param>
public sealed record AblationClaim(int Higher, int Lower, int Column = 0);
