using SemPLeS.Clip;
using SemPLeS.MaskGenerator;
using SemPLeS.Training;

namespace SemPLeS.Experiments;

/// <summary>A stage as a record holds it.</summary>
/// <param name="Stage">stage-a, stage-b, stage-c (stage-b-2 and stage-c-2 in a second round) or joint.</param>
/// <param name="Weights">The file of the generator that it ended with; null for stage b.</param>
/// <param name="WeightsFingerprint">Of that generator, as it was stored.</param>
/// <param name="Prompts">The file of the prompts that it ended with; null for stages a and c.</param>
/// <param name="PromptsFingerprint">Of those prompts, as they were stored.</param>
/// <param name="Training">Losses and times.</param>
/// <param name="Scores">What was scored.</param>
public sealed record StageRecord(
    string Stage,
    string? Weights,
    string? WeightsFingerprint,
    string? Prompts,
    string? PromptsFingerprint,
    TrainingRecord Training,
    IReadOnlyList<ScoreRecord> Scores)
{
    /// <summary>The record of a stage.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="template">The tokens around the prompts.</param>
    /// <param name="folder">The files are named relative to it.</param>
    /// <param name="scores">What was scored; may be empty.</param>
    /// <param name="classNames">Names of the classes, background not among them.</param>
    /// <exception cref="InvalidDataException">A weights file is damaged.</exception>
    public static StageRecord Of(
        SchemeStage stage, PromptTemplate template, string folder, IReadOnlyList<MeasuredScore> scores, IReadOnlyList<string> classNames)
    {
        ArgumentNullException.ThrowIfNull(stage);
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(scores);
        using var generator = stage.GeneratorPath is { } generatorPath ? WeakTrGenerator.Load(generatorPath) : null;
        using var prompts = stage.PromptsPath is { } promptsPath ? PromptLearner.Load(promptsPath, template) : null;
        return new StageRecord(
            stage.FileName,
            Relative(stage.GeneratorPath),
            generator is null ? null : Fingerprint.Of(generator),
            Relative(stage.PromptsPath),
            prompts is null ? null : Fingerprint.Of(prompts),
            stage.Training,
            [.. scores.Select(score => ScoreRecord.Of(score, classNames))]);

        string? Relative(string? path) => path is null ? null : Path.GetRelativePath(folder, path);
    }
}
