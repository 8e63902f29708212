namespace Plotly.NET.CSharp;

/// <summary>What C# calls on a chart.</summary>
public static class GenericChartExtensions
{
    public static Trace[] GetTraces(this GenericChart gChart) => [.. gChart.Traces];
}
