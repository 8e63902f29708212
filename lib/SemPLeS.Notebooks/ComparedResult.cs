namespace SemPLeS.Notebooks;

/// <summary>A number of the paper and what was measured in its place.</summary>
/// <param name="Name">The table's row.</param>
/// <param name="Paper">The paper's number; null where it gives none.</param>
/// <param name="Measured">The measured number, or the mean of several; null while nothing is measured.</param>
public sealed record ComparedResult(string Name, double? Paper, double? Measured)
{
    /// <summary>Standard deviation of what was measured, over seeds or worlds; null for one run.</summary>
    public double? Spread { get; init; }
}
