using SemPLeS.Experiments.Store;

namespace SemPLeS.Experiments.Ablations;

/// <summary>A row of a table before it is run.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Paper">The paper's number; null where it gives none.</param>
/// <param name="Runs">The runs, for a preset, a world and a training seed, whose numbers are the row's.</param>
public sealed record AblationRow(string Name, double? Paper, Func<AblationPreset, int, int, IReadOnlyList<PlannedRun>> Runs)
{
    /// <summary>The value that the row sets, for a chart over it; null where rows are no numbers.</summary>
    public double? Value { get; init; }
}
