namespace SemPLeS.Training;

/// <summary>
/// A stage that is ready to run: everything that can be wrong before training was checked. What it computed once and keeps is freed with it; networks and
/// CLIP remain the caller's.
/// </summary>
public sealed class Stage : IDisposable
{
    private readonly Trainer _trainer;
    private readonly IReadOnlyList<IDisposable> _kept;

    internal Stage(Trainer trainer, params IReadOnlyList<IDisposable> kept) => (_trainer, _kept) = (trainer, kept);

    /// <summary>Steps of the whole stage.</summary>
    public long Steps => _trainer.Steps;

    /// <inheritdoc cref="Trainer.Run"/>
    public TrainingRecord Run(TrainingOptions? options = null, CancellationToken cancellation = default) => _trainer.Run(options, cancellation);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var item in _kept)
            item.Dispose();
    }
}
