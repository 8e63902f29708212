namespace NotebookRunner.Formatting;

/// <summary>A value as text of one MIME type.</summary>
internal sealed record FormattedValue(string MimeType, string Text);
