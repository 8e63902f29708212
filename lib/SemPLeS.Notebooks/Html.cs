using System.Net;
using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>Text and pictures as HTML and SVG hold them.</summary>
internal static class Html
{
    /// <summary>What shared rules of the style sheet refer to, on pages of hosts whose colours are not known.</summary>
    private const string HostColors = "--soft: currentColor; --rule: rgba(128,128,128,.4); --band: rgba(128,128,128,.12);";

    /// <summary>The text with the characters that mean something to HTML replaced, for elements and quoted attributes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>The picture as an address that contains it.</summary>
    public static string DataUri(RgbImage image) => DataUri(EncodedPicture.Of(image));

    /// <summary>A PNG file as an address that contains it.</summary>
    public static string DataUri(ReadOnlySpan<byte> png) => "data:image/png;base64," + Convert.ToBase64String(png);

    private static string DataUri(EncodedPicture picture) => $"data:{picture.MimeType};base64,{Convert.ToBase64String(picture.File)}";

    /// <summary>A text file of this assembly.</summary>
    public static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Html).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    /// <summary>HTML for a notebook, with a style sheet that touches nothing else on the host's page.</summary>
    public static string Fragment(string content) =>
        $"<div class=\"semples\">\n<style>\n.semples {{ {HostColors}\n{Resource("Sections.css")}{Palette.Css}}}\n</style>\n{content}</div>\n";

    /// <summary>A section for a notebook.</summary>
    public static string Fragment(ReportSection section) =>
        Fragment($"<p><strong>{Escape(section.Heading)}</strong></p>\n{new SectionHtml(DataUri).Write(section)}");
}
