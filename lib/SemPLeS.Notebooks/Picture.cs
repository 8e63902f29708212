using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>A picture of a report, or of a notebook's cell.</summary>
/// <param name="Image">The pixels; up to 128 across are shown as squares, more are smoothed.</param>
/// <param name="Description">What a reader who can't see it should know (alt text); in a notebook also its caption.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record Picture(RgbImage Image, string Description) : INotebookOutput
{
    /// <inheritdoc/>
    public string ToHtml() =>
        Html.Fragment($"<figure>\n{new SectionHtml(Html.DataUri).Image(Image, Description)}\n<figcaption>{Html.Escape(Description)}</figcaption>\n</figure>\n");
}
