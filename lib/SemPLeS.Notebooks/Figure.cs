using System.Globalization;
using Plotly.NET;
using Plotly.NET.CSharp;

namespace SemPLeS.Notebooks;

/// <summary>
/// A plotly chart in a notebook: a still picture, which a script replaces by the live chart where plotly.js can be had (on the page, beside the libraries, or from its own
/// site). Without a still picture the chart's values stand in its place. <see cref="Charts"/> makes figures; a chart of one's own becomes one by the constructor.
/// </summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record Figure : INotebookOutput
{
    /// <summary>A figure of a chart.</summary>
    /// <param name="title">What the chart shows, for readers who can't see it.</param>
    /// <param name="chart">At least one trace.</param>
    /// <param name="values">What is shown while there is no still picture and where scripts are stripped; null leaves the title alone.</param>
    /// <exception cref="ArgumentException">The chart has no trace.</exception>
    public Figure(string title, GenericChart chart, ReportSection? values = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(title);
        ArgumentNullException.ThrowIfNull(chart);
        if (chart.GetTraces().Length == 0)
            throw new ArgumentException($"The chart '{title}' has no trace.", nameof(chart));
        (Title, Json, Values) = (title, GenericChart.toFigureJson(chart), values);
    }

    /// <summary>What the chart shows.</summary>
    public string Title { get; }

    /// <summary>The figure as plotly.js reads it: an object of data, layout and frames.</summary>
    public string Json { get; }

    /// <summary>What stands for the chart without scripts and without a still picture.</summary>
    public ReportSection? Values { get; }

    /// <summary>Width of the still picture in CSS pixels; the live chart is as wide as the page allows.</summary>
    public int Width { get; init; } = 720;

    /// <summary>Height in CSS pixels.</summary>
    public int Height { get; init; } = 420;

    /// <summary>The still picture as a PNG file; null while there is none.</summary>
    public ReadOnlyMemory<byte>? Png { get; init; }

    /// <inheritdoc/>
    /// <remarks>
    /// What makes still pictures (tests/FigurePictures) relies on this form: the element's class and data attributes, the comments around what a picture replaces, and the
    /// JSON, in this order.
    /// </remarks>
    public string ToHtml() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <div class="semples-figure" data-title="{Html.Escape(Title)}" data-width="{Width}" data-height="{Height}">
        <div class="still"><!--still-->{Still()}<!--/still--></div>
        <script type="application/json">{Json.Replace("<", "\\u003c", StringComparison.Ordinal)}</script>
        <script>
        {Html.Resource("Figure.js")}</script>
        </div>

        """);

    private string Still()
    {
        if (Png is { } png)
            return string.Create(CultureInfo.InvariantCulture, $"<img src=\"{Html.DataUri(png.Span)}\" width=\"{Width}\" height=\"{Height}\" style=\"max-width:100%;height:auto\" alt=\"{Html.Escape(Title)}\">");
        return Values is null ? $"<p>{Html.Escape(Title)} (a chart that needs scripts)</p>" : Html.Fragment(Values);
    }
}
