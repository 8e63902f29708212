using System.Net;

namespace NotebookRunner.Pages;

/// <summary>What all pages have.</summary>
internal static class PageFrame
{
    private static readonly Lazy<string> Style = new(() => Resource.Read("ReportPage.css") + Resource.Read("NotebookPage.css"));

    public static string Write(string title, string head, string body) =>
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>{WebUtility.HtmlEncode(title)}</title>
        <style>
        {Style.Value}</style>
        {head}</head>
        <body>
        <main>
        {body}</main>
        </body>
        </html>

        """;
}
