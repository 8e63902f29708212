using System.Globalization;

namespace SemPLeS.Notebooks;

/// <summary>
/// The colours of series in every chart of tables, pages and notebooks. Each has a contrast of 3:1 or more on white and on the dark pages of editors (WCAG 2.2, 1.4.11), so
/// that one chart serves both; any two differ for readers with deuteranopia, protanopia or tritanopia too. Dashes, markers and hatching differ with them.
/// </summary>
public static class Palette
{
    private static readonly SeriesStyle[] Styles =
    [
        new(new Rgb(0x1c, 0x6a, 0xc6), [], "circle", ""),
        new(new Rgb(0xdf, 0x7b, 0x09), [8, 4], "square", "/"),
        new(new Rgb(0x0c, 0xa8, 0x79), [2, 3], "diamond", "."),
        new(new Rgb(0x74, 0x39, 0xf6), [10, 3, 2, 3], "triangle-up", "\\"),
        new(new Rgb(0xb2, 0x85, 0xb9), [14, 5], "cross", "-"),
        new(new Rgb(0x9a, 0x50, 0x20), [5, 2], "x", "x"),
    ];

    /// <summary>The colours, in the order in which series take them; after the last the first comes again.</summary>
    public static IReadOnlyList<Rgb> Colors { get; } = [.. Styles.Select(style => style.Color)];

    /// <summary>The style sheet's rules for series: .s0, .s1, ...</summary>
    internal static string Css { get; } = string.Concat(Styles.Select((style, i) =>
        string.Create(CultureInfo.InvariantCulture, $".s{i} {{ --color: {style.Color.Css}; }}\n.s{i} path {{ stroke-dasharray: {style.SvgDash}; }}\n")));

    /// <summary>How the series of this place is drawn.</summary>
    internal static SeriesStyle Style(int series) => Styles[series % Styles.Length];
}
