namespace SemPLeS.Notebooks;

/// <summary>A table; the first cell of each row names the row.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Rows">The rows, each with as many cells as there are columns.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record TableSection(string Heading, IReadOnlyList<TableColumn> Columns, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportSection(Heading)
{
    /// <summary>Rows at the foot of the table that sum up the others, such as a mean.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Summary { get; init; } = [];
}
