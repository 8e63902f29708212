namespace SemPLeS.Notebooks;

/// <summary>What a page of results shows, from top to bottom.</summary>
/// <param name="Title">The page's title.</param>
/// <param name="Sections">Tables, charts and pictures.</param>
public sealed record Report(string Title, IReadOnlyList<ReportSection> Sections)
{
    /// <summary>A paragraph under the title, or empty.</summary>
    public string Introduction { get; init; } = "";
}
