using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;

namespace SemPLeS.FigurePictures;

/// <summary>A figure in HTML, in the form that SemPLeS.Notebooks.Figure writes.</summary>
/// <param name="Title">The picture's alt text.</param>
/// <param name="Width">In CSS pixels.</param>
/// <param name="Height">In CSS pixels.</param>
/// <param name="Json">The figure as plotly.js reads it; no line of it can end a script element.</param>
internal sealed partial record FigureBlock(string Title, int Width, int Height, string Json)
{
    /// <summary>The figures of a text, from the top.</summary>
    public static IReadOnlyList<FigureBlock> Find(string html) => [.. Pattern().Matches(html).Select(match => new FigureBlock(
        WebUtility.HtmlDecode(match.Groups["title"].Value),
        int.Parse(match.Groups["width"].Value, CultureInfo.InvariantCulture),
        int.Parse(match.Groups["height"].Value, CultureInfo.InvariantCulture),
        match.Groups["json"].Value))];

    /// <summary>The text with a picture in each figure's place.</summary>
    /// <param name="html">The text.</param>
    /// <param name="pictures">PNG files, one for each figure that <see cref="Find"/> finds.</param>
    public static string Fill(string html, IEnumerable<byte[]> pictures)
    {
        using var next = pictures.GetEnumerator();
        return Pattern().Replace(html, match =>
        {
            next.MoveNext();
            var (still, start) = (match.Groups["still"], match.Index);
            var image = $"<img src=\"data:image/png;base64,{Convert.ToBase64String(next.Current)}\" width=\"{match.Groups["width"]}\" height=\"{match.Groups["height"]}\" style=\"max-width:100%;height:auto\" alt=\"{match.Groups["title"]}\">";
            return match.Value[..(still.Index - start)] + image + match.Value[(still.Index - start + still.Length)..];
        });
    }

    [GeneratedRegex(
        """<div class="semples-figure" data-title="(?<title>[^"]*)" data-width="(?<width>\d+)" data-height="(?<height>\d+)">\s*<div class="still"><!--still-->(?<still>.*?)<!--/still--></div>\s*<script type="application/json">(?<json>.*?)</script>""",
        RegexOptions.Singleline)]
    private static partial Regex Pattern();
}
