using System.Net;

namespace SemPLeS.Notebooks;

/// <summary>Text as HTML and SVG hold it.</summary>
internal static class Html
{
    /// <summary>The text with the characters that mean something to HTML replaced, for elements and quoted attributes.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);
}
