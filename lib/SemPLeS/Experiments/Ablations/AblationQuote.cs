namespace SemPLeS.Experiments.Ablations;

/// <summary>A row of the paper, which stands apart from what is measured.</summary>
/// <param name="Name">The method.</param>
/// <param name="Venue">Where it was published.</param>
/// <param name="Values">The paper's numbers in the order of <see cref="Headings"/>; null where it gives none.</param>
public sealed record AblationQuote(string Name, string Venue, IReadOnlyList<double?> Values)
{
    /// <summary>Whether a measured row is of the same method.</summary>
    public bool IsMeasured { get; init; }

    /// <summary>What the numbers are.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["seed", "mask"];
}
