namespace NotebookRunner.Formatting;

internal static class MimeTypes
{
    public const string Html = "text/html";
    public const string Plain = "text/plain";
    public const string Png = "image/png";
    public const string Plotly = "application/vnd.plotly.v1+json";
}
