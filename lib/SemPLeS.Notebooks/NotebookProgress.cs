using SemPLeS.Training;

namespace SemPLeS.Notebooks;

/// <summary>
/// Progress of trainings under a notebook's cell: one <see cref="TrainingView"/> for each stage, renewed in its place. Where no notebook runs, a line of text at the end of
/// each epoch. Reports must come from the cell's own code, as those of the library do.
/// </summary>
/// <param name="time">The clock that decides when to show something new; null for the system's.</param>
public sealed class NotebookProgress(TimeProvider? time = null) : IProgress<TrainingProgress>
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private TrainingView? _view;
    private NotebookDisplay? _display;
    private long _shown;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var isNew = _view is null || _view.Latest.Name != value.Name || value.Step <= _view.Latest.Step;
        if (!isNew && _display is null && value.Epoch > _view!.Latest.Epoch)
            Console.WriteLine(_view.ToString());
        _view = isNew ? TrainingView.Of(value) : _view!.With(value);
        var isDone = value.Step == value.Steps;
        if (!isNew && !isDone && _time.GetElapsedTime(_shown) < Pause)
            return;
        if (isNew)
            _display = NotebookDisplay.Show(_view);
        else
            _display?.Update(_view);
        if (isDone && _display is null)
            Console.WriteLine(_view.ToString());
        _shown = _time.GetTimestamp();
    }
}
