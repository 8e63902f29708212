namespace SemPLeS.Training;

/// <summary>A loss or a weight is no longer a finite number.</summary>
public sealed class TrainingDivergedException : Exception
{
    internal TrainingDivergedException(string name, long step, string what, (string Path, long Step)? lastGood)
        : base($"{name}, step {step}: {what}. " + (lastGood is { } good ? $"The last good checkpoint is {good.Path}, after step {good.Step - 1}." : "There is no checkpoint."))
    {
        Step = step;
        LastGoodCheckpoint = lastGood?.Path;
    }

    /// <summary>The step, counted from 0.</summary>
    public long Step { get; }

    /// <summary>The file of the last checkpoint, whose weights are finite; null when none was written.</summary>
    public string? LastGoodCheckpoint { get; }
}
