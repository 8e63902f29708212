namespace SemPLeS.Notebooks;

/// <summary>One point of a line.</summary>
/// <param name="X">From left to right.</param>
/// <param name="Y">Upwards.</param>
public readonly record struct ChartPoint(double X, double Y)
{
    internal bool IsFinite => double.IsFinite(X) && double.IsFinite(Y);
}
