namespace SemPLeS.Notebooks;

/// <summary>Writes an <see cref="INotebookOutput"/> for a kernel, which finds these members by their names.</summary>
public sealed class HtmlFormatter
{
    /// <summary>text/html.</summary>
    public string MimeType => "text/html";

    /// <summary>Writes the object; false for what is no <see cref="INotebookOutput"/>, and nothing is written then.</summary>
    public bool Format(object instance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (instance is not INotebookOutput output)
            return false;
        writer.Write(output.ToHtml());
        return true;
    }
}
