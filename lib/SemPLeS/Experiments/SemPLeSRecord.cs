using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>A run of the whole method, or of phase 1 alone, as a record holds it.</summary>
/// <param name="Phase1">Phase 1.</param>
/// <param name="ClipFingerprint">Of the CLIP; null for phase 1 alone.</param>
/// <param name="Settings">The scheme and its stages; null for phase 1 alone.</param>
/// <param name="Stages">Every stage, in the order of the run.</param>
/// <param name="Retrainings">The Segmenters that learned the last generator's masks, and the true ones.</param>
public sealed record SemPLeSRecord(
    Phase1Record Phase1,
    string? ClipFingerprint,
    IReadOnlyDictionary<string, string>? Settings,
    IReadOnlyList<StageRecord> Stages,
    IReadOnlyList<RetrainingRecord> Retrainings)
{
    /// <summary>The record of a run.</summary>
    /// <param name="outcome">What it ended with.</param>
    /// <param name="plan">What was planned; null for phase 1 alone.</param>
    /// <param name="folder">Files are named relative to it.</param>
    /// <exception cref="InvalidDataException">A weights file is damaged.</exception>
    public static SemPLeSRecord Of(SemPLeSOutcome outcome, SemPLeSPlan? plan, string folder)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        var phase1 = outcome.Phase1;
        var record = Phase1Record.Of(phase1.Plan, Path.GetRelativePath(folder, phase1.WeightsPath), phase1.WeightsPath, phase1.Training, phase1.Scores);
        if (plan is null)
            return new SemPLeSRecord(record, null, null, [], []);
        using var clip = plan.Clip();
        return new SemPLeSRecord(
            record,
            Fingerprint.Of(clip),
            SettingsText.Of(plan.Settings),
            [.. outcome.Stages.Zip(outcome.Scores).Select(stage => StageRecord.Of(stage.First, plan.Template, folder, stage.Second, plan.Images.ClassNames))],
            [.. outcome.Segmentation.Select(segmentation =>
                RetrainingRecord.Of(segmentation.Retraining, segmentation.Row, [segmentation.Train, segmentation.Validation]) with
                {
                    Weights = Path.GetRelativePath(folder, segmentation.Retraining.WeightsPath),
                })]);
    }
}
