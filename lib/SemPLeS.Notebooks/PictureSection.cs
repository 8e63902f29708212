namespace SemPLeS.Notebooks;

/// <summary>Rows of pictures under common column headings, such as image, truth, CAM and seed.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="Columns">What stands above each column.</param>
/// <param name="Rows">The rows, each with as many pictures as there are columns.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record PictureSection(string Heading, IReadOnlyList<string> Columns, IReadOnlyList<PictureRow> Rows) : ReportSection(Heading)
{
    /// <summary>The colours of the labels.</summary>
    public IReadOnlyList<LegendEntry> Legend { get; init; } = [];

    /// <summary>Whether the scale of the heat map is shown.</summary>
    public bool HasHeatScale { get; init; }

    /// <summary>What the heat map shows.</summary>
    public string HeatName { get; init; } = "CAM";
}
