namespace Plotly.NET;

/// <summary>What is serialized. Nothing calls it; it is public so that a name which is ambiguous beside the package is ambiguous here.</summary>
public sealed class Figure
{
    internal Figure(IReadOnlyList<Trace> data, Layout layout) => (this.data, this.layout) = (data, layout);

    [Newtonsoft.Json.JsonProperty]
    internal IReadOnlyList<Trace> data { get; }

    [Newtonsoft.Json.JsonProperty]
    internal Layout layout { get; }

    [Newtonsoft.Json.JsonProperty]
    internal object[] frames { get; } = [];
}
