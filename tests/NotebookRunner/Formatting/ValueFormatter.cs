using System.Net;
using Microsoft.DotNet.Interactive.Formatting;

namespace NotebookRunner.Formatting;

/// <summary>Turns values into what a notebook shows.</summary>
internal static class ValueFormatter
{
    /// <summary>The value as each of the MIME types; without any, as those that its type prefers.</summary>
    /// <exception cref="NotSupportedException">The value can't be shown as one of them.</exception>
    public static IReadOnlyList<FormattedValue> Format(object? value, IReadOnlyList<string> mimeTypes)
    {
        var source = value is null ? null : FormatterSource.Of(value.GetType());
        if (mimeTypes.Count == 0)
            mimeTypes = source?.PreferredMimeTypes ?? [value is HtmlContent ? MimeTypes.Html : MimeTypes.Plain];
        return [.. mimeTypes.Select(mimeType => new FormattedValue(mimeType, FormatAs(value, source, mimeType)))];
    }

    private static string FormatAs(object? value, FormatterSource? source, string mimeType) =>
        source?.Format(value!, mimeType) ?? mimeType switch
        {
            MimeTypes.Html => value is HtmlContent html ? html.ToString() : $"<pre>{WebUtility.HtmlEncode(PlainText.Of(value))}</pre>",
            MimeTypes.Plain => PlainText.Of(value),
            _ => throw new NotSupportedException($"A value of type {value?.GetType().ToString() ?? "null"} can't be shown as {mimeType}."),
        };
}
