using SemPLeS.MaskGenerator;
using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>A phase-1 training as a record holds it.</summary>
/// <param name="Preset">The preset's name.</param>
/// <param name="World">What the pictures are.</param>
/// <param name="Seed">The training's seed.</param>
/// <param name="Images">Number of training pictures.</param>
/// <param name="ImagesFingerprint">Of their names, classes and labels.</param>
/// <param name="StartFingerprint">Of the generator before the training.</param>
/// <param name="WeightsFingerprint">Of the trained generator, as it was stored.</param>
/// <param name="Weights">The weights file.</param>
/// <param name="Generator">The network's shape.</param>
/// <param name="Settings">The schedule.</param>
/// <param name="Training">Losses and times.</param>
/// <param name="Scores">What was scored.</param>
public sealed record Phase1Record(
    string Preset,
    string World,
    int Seed,
    int Images,
    string ImagesFingerprint,
    string StartFingerprint,
    string WeightsFingerprint,
    string Weights,
    IReadOnlyDictionary<string, string> Generator,
    IReadOnlyDictionary<string, string> Settings,
    TrainingRecord Training,
    IReadOnlyList<ScoreRecord> Scores)
{
    /// <summary>The record of a training.</summary>
    /// <param name="plan">What was planned.</param>
    /// <param name="weights">The weights file as the record names it.</param>
    /// <param name="weightsPath">Where it lies.</param>
    /// <param name="training">Losses and times.</param>
    /// <param name="scores">What was scored; may be empty.</param>
    /// <exception cref="InvalidDataException">The weights file is damaged.</exception>
    public static Phase1Record Of(Phase1Plan plan, string weights, string weightsPath, TrainingRecord training, IReadOnlyList<MeasuredScore> scores)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(scores);
        using var start = plan.Start();
        using var trained = WeakTrGenerator.Load(weightsPath);
        return new Phase1Record(
            plan.Preset,
            plan.World,
            plan.Seed,
            plan.Train.Count,
            Fingerprint.Of(plan.Train),
            Fingerprint.Of(start),
            Fingerprint.Of(trained),
            weights,
            SettingsText.Of(start.Settings),
            SettingsText.Of(plan.Settings),
            training,
            [.. scores.Select(score => ScoreRecord.Of(score, plan.Train.ClassNames))]);
    }
}
