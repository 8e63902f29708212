namespace SemPLeS.Training;

/// <summary>How far a training is.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Step">Steps done.</param>
/// <param name="Steps">Steps in all.</param>
/// <param name="Epoch">The epoch of the last step, counted from 1.</param>
/// <param name="Epochs">Epochs in all.</param>
/// <param name="Losses">Mean of each term over the epoch so far.</param>
/// <param name="LearningRate">The rate of the last step.</param>
/// <param name="Elapsed">Time since the training began, or went on.</param>
/// <param name="Remaining">Estimate of the time left, from the steps done so far.</param>
public sealed record TrainingProgress(
    string Name, long Step, long Steps, int Epoch, int Epochs, IReadOnlyDictionary<string, double> Losses, double LearningRate, TimeSpan Elapsed, TimeSpan Remaining);
