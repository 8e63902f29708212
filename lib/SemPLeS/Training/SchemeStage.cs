namespace SemPLeS.Training;

/// <summary>A stage of a scheme that was run.</summary>
/// <param name="Name">The stage: stage-a, stage-b, stage-c or joint.</param>
/// <param name="Round">Counted from 1.</param>
/// <param name="GeneratorPath">The generator that it ended with; null for stage b.</param>
/// <param name="PromptsPath">The prompts that it ended with; null for stages a and c.</param>
/// <param name="Training">Losses and times.</param>
public sealed record SchemeStage(string Name, int Round, string? GeneratorPath, string? PromptsPath, TrainingRecord Training);
