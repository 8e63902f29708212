namespace SemPLeS.Notebooks;

/// <summary>Where kernels get the formatter of an <see cref="INotebookOutput"/>.</summary>
public sealed class HtmlFormatterSource
{
    /// <summary>The formatters: one, for text/html.</summary>
    public IEnumerable<object> CreateTypeFormatters() => [new HtmlFormatter()];
}
