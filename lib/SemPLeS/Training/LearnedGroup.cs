using TorchSharp.Modules;

namespace SemPLeS.Training;

/// <summary>Parameters that learn alike.</summary>
/// <param name="Parameters">The parameters with their names.</param>
/// <param name="LearningRate">The learning rate of each step.</param>
/// <param name="Optimizer">The optimiser's constants.</param>
internal sealed record LearnedGroup(IReadOnlyList<(string Name, Parameter Parameter)> Parameters, LearningRateSchedule LearningRate, OptimizerSettings Optimizer);
