using SemPLeS.Data;

namespace SemPLeS.Experiments;

/// <summary>A split's pseudo masks as a record holds them.</summary>
/// <param name="Split">Name of the pictures.</param>
/// <param name="Settings">How masks were made, with the generator's fingerprint.</param>
/// <param name="Threshold">The background threshold, in 0..1.</param>
/// <param name="Written">Masks written by this run.</param>
/// <param name="Kept">Masks that were there already.</param>
/// <param name="Skipped">Pictures without mask, and why.</param>
/// <param name="Scores">The masks' scores; null where they were not scored, since there is no truth or not every mask.</param>
public sealed record MaskRecord(
    string Split, IReadOnlyDictionary<string, string> Settings, float Threshold, int Written, int Kept, IReadOnlyList<DamagedPicture> Skipped, ScoreRecord? Scores)
{
    /// <summary>The record of a run.</summary>
    public static MaskRecord Of(MaskPlan plan, MaskOutcome outcome, ScoreRecord? scores)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(outcome);
        return new MaskRecord(plan.Seeds.Split, MaskState.SettingsOf(plan), outcome.Threshold, outcome.Written, outcome.Kept, outcome.Skipped, scores);
    }
}
