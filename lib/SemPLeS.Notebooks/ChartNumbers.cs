using System.Globalization;

namespace SemPLeS.Notebooks;

/// <summary>Numbers of charts as text and as JSON holds them.</summary>
internal static class ChartNumbers
{
    private const string Absent = "\u2013";

    /// <summary>The number of decimals that gives the largest value three digits, at most six.</summary>
    public static int Decimals(IEnumerable<double> values)
    {
        var largest = values.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        return largest > 0 ? (int)Math.Clamp(2 - Math.Floor(Math.Log10(largest)), 0, 6) : 0;
    }

    /// <summary>The value with so many decimals; a dash for what is not finite.</summary>
    public static string Text(double value, int decimals) => double.IsFinite(value) ? value.ToString("F" + decimals, CultureInfo.InvariantCulture) : Absent;

    /// <summary>The value and, where there is one, its spread.</summary>
    public static string Text(double value, double spread, int decimals) =>
        double.IsFinite(value) && double.IsFinite(spread) ? $"{Text(value, decimals)} \u00b1 {Text(spread, decimals)}" : Text(value, decimals);

    /// <summary>A difference with one decimal and its sign.</summary>
    public static string Signed(double value) => value.ToString("+0.0;\u22120.0;0.0", CultureInfo.InvariantCulture);

    /// <summary>The values with null, a gap to plotly, for those that are not finite.</summary>
    public static double?[] Gaps(IEnumerable<double> values) => [.. values.Select(value => double.IsFinite(value) ? value : (double?)null)];
}
