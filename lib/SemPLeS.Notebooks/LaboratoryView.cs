using SemPLeS.Experiments.Ablations;

namespace SemPLeS.Notebooks;

/// <summary>What a notebook shows of a term that was tried in the loss laboratory.</summary>
public static class LaboratoryView
{
    /// <summary>The rows, a chart of each training seed's numbers, and the verdict.</summary>
    /// <param name="result">What the laboratory gave.</param>
    public static OutputStack Of(AblationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new OutputStack(AblationView.Table(result), Chart(result), AblationView.Verdicts(result));
    }

    /// <summary>The first column's numbers, side by side for each training seed.</summary>
    /// <param name="result">What the laboratory gave.</param>
    public static Figure Chart(AblationResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var heading = result.Columns[0].Heading;
        return Charts.Bars(
            $"{heading} with and without the term",
            $"{heading} (%)",
            [.. result.Worlds.Select(seed => $"{result.Unit} {seed}")],
            [.. result.Rows.Select(row => new BarSeries(row.Name, [.. row.Summaries[0]!.ByWorld]))]);
    }
}
