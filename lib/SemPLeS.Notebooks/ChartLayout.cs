using Plotly.NET;

namespace SemPLeS.Notebooks;

/// <summary>What all figures have in common. Their own colours are those of a light page: the still picture is a light card on any page; the script puts the host's in their place.</summary>
internal static class ChartLayout
{
    private const string Ink = "#1b1f24";
    private const string Paper = "#ffffff";
    private const string Faint = "#d9dee3";
    private const string Line = "#8b949e";

    /// <summary>A layout with title, fonts and colours; axes are still to be set.</summary>
    public static dynamic Titled(string title)
    {
        dynamic layout = new Layout();
        layout.title = new { text = Text(title), x = 0.01, xanchor = "left", font = new { size = 16 } };
        layout.font = new { family = "system-ui, \"Segoe UI\", \"DejaVu Sans\", sans-serif", size = 13, color = Ink };
        layout.paper_bgcolor = Paper;
        layout.plot_bgcolor = Paper;
        layout.margin = new { l = 64, r = 24, t = 72, b = 56 };
        layout.hovermode = "closest";
        layout.legend = new { orientation = "h", x = 0, xanchor = "left", y = 1.01, yanchor = "bottom" };
        return layout;
    }

    /// <summary>An axis of numbers.</summary>
    public static Dictionary<string, object?> Axis(string title) => new()
    {
        ["title"] = new { text = Text(title), standoff = 12 },
        ["automargin"] = true,
        ["gridcolor"] = Faint,
        ["zerolinecolor"] = Line,
        ["linecolor"] = Line,
        ["tickcolor"] = Line,
    };

    /// <summary>An axis of names, every one of them written.</summary>
    public static Dictionary<string, object?> Categories(string title, bool fromTop = false)
    {
        var axis = Axis(title);
        axis["type"] = "category";
        axis["showgrid"] = false;
        axis["dtick"] = 1;
        if (fromTop)
            axis["autorange"] = "reversed";
        return axis;
    }

    /// <summary>The scale of a heat map: the colours of CAMs.</summary>
    public static object[][] Heat { get; } =
        [.. Enumerable.Range(0, 10).Select(i => (object[])[Math.Round(i / 9.0, 4), ColorMaps.Heat(i / 9f).Css])];

    /// <summary>Text that plotly shows as it is, not as markup.</summary>
    public static string Text(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    /// <summary>A figure of these traces.</summary>
    public static Figure Figure(string title, IReadOnlyList<Trace> traces, Layout layout, ReportSection values, int height) =>
        new(title, GenericChart.setLayout(layout, GenericChart.ofTraceObjects(false, traces)), values) { Height = height };
}
