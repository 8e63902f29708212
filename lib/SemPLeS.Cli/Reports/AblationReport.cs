using SemPLeS.Experiments.Ablations;
using SemPLeS.Notebooks;

namespace SemPLeS.Cli.Reports;

/// <summary>A page of ablations.</summary>
internal static class AblationReport
{
    /// <summary>Each table with its verdicts and, where the paper has them, the quoted rows.</summary>
    public static Report Build(IReadOnlyList<AblationResult> results) => new(
        results.Count == 1 ? results[0].Title : "Tables",
        [.. results.SelectMany(Sections)])
    {
        Introduction = "Measured numbers beside the paper's, which are of another data set and other networks: compare differences, not levels.",
    };

    private static IEnumerable<ReportSection> Sections(AblationResult result)
    {
        yield return AblationView.Table(result);
        if (result.Table.ValueName is { } name)
            yield return AblationView.Curve(result, name);
        yield return AblationView.Verdicts(result);
        if (AblationView.Quotes(result.Table) is { } quotes)
            yield return quotes;
    }
}
