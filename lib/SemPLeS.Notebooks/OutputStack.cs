namespace SemPLeS.Notebooks;

/// <summary>Several outputs, one under the other, where a cell ends with one thing.</summary>
/// <param name="Parts">The outputs.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record OutputStack(params IReadOnlyList<INotebookOutput> Parts) : INotebookOutput
{
    /// <inheritdoc/>
    public string ToHtml() => string.Concat(Parts.Select(part => part.ToHtml()));
}
