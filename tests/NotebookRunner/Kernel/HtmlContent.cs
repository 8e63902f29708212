namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Text that is shown as HTML.</summary>
/// <param name="content">The HTML, as it is to appear in the page.</param>
public sealed class HtmlContent(string content)
{
    /// <summary>The HTML.</summary>
    public override string ToString() => content;
}
