namespace SemPLeS.Training;

/// <summary>What a training did.</summary>
/// <param name="Name">The stage.</param>
/// <param name="Steps">Optimiser steps of the whole training.</param>
/// <param name="ResumedFrom">The step that it went on from; 0 when it began anew.</param>
/// <param name="Epochs">Every epoch, those before the interruption included.</param>
/// <param name="Seconds">Time of all epochs.</param>
public sealed record TrainingRecord(string Name, long Steps, long ResumedFrom, IReadOnlyList<EpochRecord> Epochs, double Seconds)
{
    /// <summary>Seconds of this process in which training waited for pictures, the first batch's left out; null where that was not measured.</summary>
    public double? SecondsWaited { get; init; }
}
