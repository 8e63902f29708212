namespace SemPLeS.Notebooks;

/// <summary>How one series of a chart is told from the others, by colour and without it.</summary>
/// <param name="Color">Of lines, markers and bars.</param>
/// <param name="Dash">Lengths of a line's dashes and gaps in pixels; none for a whole line.</param>
/// <param name="Symbol">Plotly's name of the marker.</param>
/// <param name="Pattern">Plotly's name of the hatching of bars; empty for none.</param>
internal sealed record SeriesStyle(Rgb Color, IReadOnlyList<int> Dash, string Symbol, string Pattern)
{
    /// <summary>The dashes as SVG and CSS write them.</summary>
    public string SvgDash => Dash.Count == 0 ? "none" : string.Join(' ', Dash);

    /// <summary>The dashes as plotly writes them.</summary>
    public string PlotlyDash => Dash.Count == 0 ? "solid" : string.Join(',', Dash.Select(length => $"{length}px"));
}
