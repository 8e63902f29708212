namespace SemPLeS.Experiments.Ablations;

/// <summary>A row of the paper that is not measured here.</summary>
/// <param name="Name">The method.</param>
/// <param name="Venue">Where it was published.</param>
/// <param name="Values">The paper's numbers in the order of <see cref="Headings"/>; null where it gives none.</param>
public sealed record AblationQuote(string Name, string Venue, IReadOnlyList<double?> Values)
{
    /// <summary>What the numbers are.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["seed", "mask"];
}
