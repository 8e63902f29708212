namespace SemPLeS.Training;

/// <summary>One epoch of a training.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="Losses">Mean of each term over the epoch's steps.</param>
/// <param name="LearningRate">The rate of the epoch's last step.</param>
/// <param name="Seconds">What the epoch took; for an epoch that was interrupted, the sum of its parts.</param>
public sealed record EpochRecord(int Epoch, IReadOnlyDictionary<string, double> Losses, double LearningRate, double Seconds);
