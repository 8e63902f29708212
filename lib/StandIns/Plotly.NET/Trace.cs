namespace Plotly.NET;

/// <summary>Data of a chart and how they are drawn; everything but the type is a dynamic property.</summary>
public class Trace(string traceTypeName) : DynamicObj.DynamicObj
{
    public string type { get; set; } = traceTypeName;
}
