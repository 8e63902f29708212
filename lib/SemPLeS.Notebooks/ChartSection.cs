namespace SemPLeS.Notebooks;

/// <summary>A line chart, with a table of its values that a reader can unfold.</summary>
/// <param name="Heading">The heading.</param>
/// <param name="XAxis">What runs from left to right, such as epoch.</param>
/// <param name="YAxis">What runs upwards, such as loss.</param>
/// <param name="Series">The lines.</param>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed record ChartSection(string Heading, string XAxis, string YAxis, IReadOnlyList<ChartSeries> Series) : ReportSection(Heading);
