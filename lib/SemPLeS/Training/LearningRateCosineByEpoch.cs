namespace SemPLeS.Training;

/// <summary>
/// WeakTr's schedule (timm's cosine, stepped with e after epoch e, so that epochs 0 and 1 share a rate): epoch e uses f(max(e - 1, 0)) with
/// f(t) = warm-up rate + t (peak - warm-up rate) / warm-up epochs during the warm-up, then floor + (peak - floor) (1 + cos(pi t / epochs)) / 2,
/// t counted from the start of training.
/// </summary>
/// <param name="Peak">The rate that the cosine starts from.</param>
/// <param name="Epochs">Epochs of the training, at least 1.</param>
/// <param name="StepsPerEpoch">Optimiser steps in an epoch, at least 1.</param>
public sealed record LearningRateCosineByEpoch(double Peak, int Epochs, long StepsPerEpoch) : LearningRateSchedule
{
    /// <summary>Epochs of the training.</summary>
    public int Epochs { get; } = Epochs >= 1 ? Epochs : throw new ArgumentOutOfRangeException(nameof(Epochs), Epochs, "A schedule has at least 1 epoch.");

    /// <summary>Optimiser steps in an epoch.</summary>
    public long StepsPerEpoch { get; } =
        StepsPerEpoch >= 1 ? StepsPerEpoch : throw new ArgumentOutOfRangeException(nameof(StepsPerEpoch), StepsPerEpoch, "An epoch has at least 1 step.");

    /// <summary>Epochs of linear warm-up; 0 for none.</summary>
    public int WarmUpEpochs
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value);
            field = value;
        }
    }

    /// <summary>The rate that the warm-up starts from.</summary>
    public double WarmUpRate { get; init; }

    /// <summary>The rate that the cosine ends at; not scaled by the batch size in WeakTr.</summary>
    public double Floor { get; init; }

    private protected override double Rate(long step)
    {
        var t = Math.Clamp(step / StepsPerEpoch - 1, 0, Epochs);
        return t < WarmUpEpochs ? WarmUpRate + t * (Peak - WarmUpRate) / WarmUpEpochs : Cosine(Peak, Floor, (double)t / Epochs);
    }
}
