namespace SemPLeS.Experiments.Ablations;

/// <summary>A row of a table with its numbers.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Paper">The paper's number; null where it gives none.</param>
/// <param name="PaperDelta">The paper's number less that of its first row; null for the first row and where there is none.</param>
/// <param name="Value">The value that the row sets; null where rows are no numbers.</param>
/// <param name="Cells">The numbers of each world and training seed.</param>
/// <param name="Summaries">One for each column; null where the row has no such number.</param>
/// <param name="Delta">The first column less the first row's, paired by world; null for the first row.</param>
public sealed record AblationRowResult(
    string Name,
    double? Paper,
    double? PaperDelta,
    double? Value,
    IReadOnlyList<AblationCell> Cells,
    IReadOnlyList<WorldSummary?> Summaries,
    PairedDifference? Delta);
