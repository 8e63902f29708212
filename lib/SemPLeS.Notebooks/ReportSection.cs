namespace SemPLeS.Notebooks;

/// <summary>A part of a report with a heading of its own; a cell of a notebook can show it too.</summary>
/// <param name="Heading">The heading.</param>
public abstract record ReportSection(string Heading) : INotebookOutput
{
    /// <summary>A paragraph under the heading, or empty.</summary>
    public string Text { get; init; } = "";

    /// <inheritdoc/>
    public string ToHtml() => Html.Fragment(this);
}
