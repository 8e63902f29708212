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
        new(new Rgb(0x3d, 0x64, 0xc8), [], "circle", ""),
        new(new Rgb(0xd7, 0x80, 0x0f), [8, 4], "square", "/"),
        new(new Rgb(0x15, 0xa8, 0x86), [2, 3], "diamond", "."),
        new(new Rgb(0x7e, 0x34, 0xff), [10, 3, 2, 3], "triangle-up", "\\"),
        new(new Rgb(0x8e, 0x8f, 0xc2), [14, 5], "cross", "-"),
        new(new Rgb(0x94, 0x5b, 0x2b), [5, 2], "x", "x"),
    ];

    /// <summary>The colours, in the order in which series take them; after the last the first comes again.</summary>
    public static IReadOnlyList<Rgb> Colors { get; } = [.. Styles.Select(style => style.Color)];

    /// <summary>The style sheet's rules for series: .s0, .s1, ...</summary>
    internal static string Css { get; } = string.Concat(Styles.Select((style, i) =>
        string.Create(CultureInfo.InvariantCulture, $".s{i} {{ --color: {style.Color.Css}; }}\n.s{i} path {{ stroke-dasharray: {style.SvgDash}; }}\n")));

    /// <summary>How the series of this place is drawn.</summary>
    internal static SeriesStyle Style(int series) => Styles[series % Styles.Length];
}
