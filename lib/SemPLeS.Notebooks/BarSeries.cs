namespace SemPLeS.Notebooks;

/// <summary>Bars of one colour: a method, a stage.</summary>
/// <param name="Name">What the legend calls it.</param>
/// <param name="Values">One for each group of bars; NaN leaves a gap.</param>
public sealed record BarSeries(string Name, IReadOnlyList<double> Values)
{
    /// <summary>Half the length of each bar's error bar, such as a standard deviation over seeds; NaN for none. Null for no error bars at all.</summary>
    public IReadOnlyList<double>? Spread { get; init; }
}
