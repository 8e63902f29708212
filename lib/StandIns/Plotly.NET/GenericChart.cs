using Newtonsoft.Json;

namespace Plotly.NET;

/// <summary>Traces and their layout.</summary>
public abstract class GenericChart
{
    private GenericChart(IReadOnlyList<Trace> traces, Layout layout) => (Traces, Layout) = (traces, layout);

    internal IReadOnlyList<Trace> Traces { get; }

    internal Layout Layout { get; }

    /// <exception cref="NotSupportedException">The package's defaults, its template above all, are not here.</exception>
    public static GenericChart ofTraceObjects<d>(bool useDefaults, d traces)
        where d : IEnumerable<Trace> =>
        useDefaults ? throw new NotSupportedException("The stand-in of Plotly.NET has no defaults: useDefaults must be false.") : new MultiChart([.. traces], new Layout());

    public static GenericChart setLayout(Layout layout, GenericChart gChart) => new MultiChart(gChart.Traces, layout);

    public static string toFigureJson(GenericChart gChart) => JsonConvert.SerializeObject(new Figure(gChart.Traces, gChart.Layout));

    private sealed class MultiChart(IReadOnlyList<Trace> traces, Layout layout) : GenericChart(traces, layout);
}
