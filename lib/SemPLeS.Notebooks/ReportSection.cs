namespace SemPLeS.Notebooks;

/// <summary>A part of a report with a heading of its own.</summary>
/// <param name="Heading">The heading.</param>
public abstract record ReportSection(string Heading)
{
    /// <summary>A paragraph under the heading, or empty.</summary>
    public string Text { get; init; } = "";
}
