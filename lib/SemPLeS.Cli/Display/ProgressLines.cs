using SemPLeS.Training;

namespace SemPLeS.Cli.Display;

/// <summary>A line at the end of each epoch, unless epochs are quicker than reading, and one now and then between.</summary>
internal sealed class ProgressLines(TextWriter writer, TimeProvider time) : ProgressDisplay
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan PauseAtEpochs = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private long _last = time.GetTimestamp();

    /// <inheritdoc/>
    public override void Report(TrainingProgress value)
    {
        var endsEpoch = value.Step % (value.Steps / value.Epochs) == 0;
        var terms = value.Losses.Where(loss => loss.Key != "total").Select(loss => $"{loss.Key} {loss.Value:0.0000}");
        Write(value.Step == value.Steps ? TimeSpan.Zero : endsEpoch ? PauseAtEpochs : Pause, () =>
            $"{value.Name}: epoch {value.Epoch}/{value.Epochs}, step {value.Step}/{value.Steps}, loss {value.Losses["total"]:0.0000} ({string.Join(", ", terms)}), {value.Remaining.TotalSeconds:0} s left");
    }

    /// <inheritdoc/>
    public override void Report(string what, int done, int count) => Write(done == count ? TimeSpan.Zero : Pause, () => $"{what}: {done}/{count}");

    /// <inheritdoc/>
    public override void Remark(string text) => Write(TimeSpan.Zero, () => text);

    private void Write(TimeSpan pause, Func<string> line)
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_last) < pause)
                return;
            writer.WriteLine(line());
            _last = time.GetTimestamp();
        }
    }
}
