namespace SemPLeS.Objectives;

/// <summary>A term of a sum.</summary>
/// <param name="Objective">The term.</param>
/// <param name="Weight">What it is multiplied by: a number, or a schedule over steps.</param>
public sealed record WeightedObjective(IObjective Objective, ObjectiveWeight Weight)
{
    /// <summary>A term of weight 1.</summary>
    public WeightedObjective(IObjective objective)
        : this(objective, 1)
    {
    }
}
