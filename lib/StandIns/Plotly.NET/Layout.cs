namespace Plotly.NET;

/// <summary>What a chart has beside data: title, axes, legend; all of it dynamic properties.</summary>
public class Layout : DynamicObj.DynamicObj;
