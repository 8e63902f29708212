using System.Globalization;

namespace SemPLeS.Training;

/// <summary>A stage of a scheme that was run.</summary>
/// <param name="Name">The stage: stage-a, stage-b, stage-c or joint.</param>
/// <param name="Round">Counted from 1.</param>
/// <param name="GeneratorPath">The generator that it ended with; null for stage b.</param>
/// <param name="PromptsPath">The prompts that it ended with; null for stages a and c.</param>
/// <param name="Training">Losses and times.</param>
public sealed record SchemeStage(string Name, int Round, string? GeneratorPath, string? PromptsPath, TrainingRecord Training)
{
    /// <summary>The name of the stage's files, without extension: "stage-c", in a second round "stage-c-2".</summary>
    public string FileName => FileNameOf(Name, Round);

    /// <summary>The name of a stage's files, without extension.</summary>
    internal static string FileNameOf(string stage, int round) => round > 1 ? stage + "-" + round.ToString(CultureInfo.InvariantCulture) : stage;
}
