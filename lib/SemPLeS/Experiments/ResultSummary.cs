using MathNet.Numerics.Statistics;

namespace SemPLeS.Experiments;

/// <summary>One number over several worlds.</summary>
/// <param name="Row">What was measured.</param>
/// <param name="Split">The images that it was measured on.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Worlds">How many worlds there are.</param>
/// <param name="Mean">Mean over the worlds.</param>
/// <param name="StandardDeviation">Of the sample: divided by worlds - 1; NaN for one world.</param>
public sealed record ResultSummary(string Row, string Split, string Metric, int Worlds, double Mean, double StandardDeviation)
{
    /// <summary>Sums up records, those of one row, split and metric together, in the order in which each first occurs.</summary>
    /// <param name="records">Records of one preset and training seed, one for each world.</param>
    public static IReadOnlyList<ResultSummary> Of(IEnumerable<ResultRecord> records)
    {
        ArgumentNullException.ThrowIfNull(records);
        return [.. records.GroupBy(record => (record.Row, record.Split, record.Metric)).Select(group =>
        {
            double[] values = [.. group.Select(record => record.Value)];
            return new ResultSummary(group.Key.Row, group.Key.Split, group.Key.Metric, values.Length, values.Average(), values.StandardDeviation());
        })];
    }
}
