using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>Turns a report into a page.</summary>
internal static class ReportHtml
{
    /// <summary>The whole page.</summary>
    /// <param name="report">What to show.</param>
    /// <param name="address">Keeps a picture and says where the page finds it.</param>
    public static string Page(Report report, Func<RgbImage, string> address)
    {
        var html = new SectionHtml(address);
        return $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>{Html.Escape(report.Title)}</title>
            <style>
            {Html.Resource("ReportPage.css")}{Html.Resource("Sections.css")}{Palette.Css}</style>
            </head>
            <body>
            <main>
            <h1>{Html.Escape(report.Title)}</h1>
            {(report.Introduction.Length > 0 ? $"<p>{Html.Escape(report.Introduction)}</p>\n" : "")}{string.Concat(report.Sections.Select(Section))}</main>
            </body>
            </html>

            """;

        string Section(ReportSection section, int place) =>
            $"<section aria-labelledby=\"section-{place + 1}\">\n<h2 id=\"section-{place + 1}\">{Html.Escape(section.Heading)}</h2>\n{html.Write(section)}</section>\n";
    }
}
