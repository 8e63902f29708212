namespace SemPLeS.Objectives;

/// <summary>A term of a sum.</summary>
/// <param name="Objective">The term.</param>
/// <param name="Weight">What it is multiplied by.</param>
public sealed record WeightedObjective(IObjective Objective, double Weight = 1);
