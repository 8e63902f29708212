namespace SemPLeS.Training;

/// <summary>The learning rate as a function of the optimiser step, computed in double precision.</summary>
public abstract record LearningRateSchedule
{
    /// <summary>The batch size at which published learning rates of ViT training are given (DeiT).</summary>
    public const int ReferenceBatch = 512;

    /// <summary>The rate of one step.</summary>
    /// <param name="step">Counted from 0. After the last step of the schedule its end value stays.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="step"/> is negative.</exception>
    public double At(long step)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(step);
        return Rate(step);
    }

    /// <summary>Linear scaling: <paramref name="rate"/> x <paramref name="batch"/> / <see cref="ReferenceBatch"/>.</summary>
    /// <param name="rate">The rate at the reference batch size.</param>
    /// <param name="batch">Images in a step, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batch"/> is below 1.</exception>
    public static double Scaled(double rate, int batch)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        return rate * batch / ReferenceBatch;
    }

    /// <summary>The rate of a step that is known not to be negative.</summary>
    private protected abstract double Rate(long step);

    /// <summary>From <paramref name="high"/> at progress 0 down to <paramref name="low"/> at progress 1 along half a cosine.</summary>
    private protected static double Cosine(double high, double low, double progress) => low + (high - low) * (1 + Math.Cos(Math.PI * progress)) / 2;
}
