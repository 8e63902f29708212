using SemPLeS.Notebooks;
using SemPLeS.Training;
using Xunit;

namespace SemPLeS.Tests.Notebooks;

public sealed class NotebookProgressTests : IDisposable
{
    private readonly ManualTime _time = new();

    public NotebookProgressTests() => DisplayExtensions.Shown = [];

    public void Dispose() => DisplayExtensions.Shown = null;

    [Fact]
    public void A_training_is_shown_once_and_renewed_in_its_place()
    {
        var progress = new NotebookProgress(_time);
        for (var step = 1; step <= 4; step++)
        {
            progress.Report(Report("stage a", step));
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        var shown = Assert.Single(DisplayExtensions.Shown!);
        Assert.Equal([1, 2, 3, 4], shown.Values.Select(view => ((TrainingView)view).Latest.Step));
    }

    [Fact]
    public void Another_training_gets_a_place_of_its_own()
    {
        var progress = new NotebookProgress(_time);
        progress.Report(Report("stage a", 4));
        progress.Report(Report("stage b", 1));
        progress.Report(Report("stage b", 1));

        Assert.Equal(["stage a", "stage b", "stage b"], DisplayExtensions.Shown!.Select(shown => ((TrainingView)shown.Values[^1]).Latest.Name));
    }

    [Fact]
    public void Steps_in_quick_succession_are_left_out_but_for_the_last()
    {
        var progress = new NotebookProgress(_time);
        for (var step = 1; step <= 4; step++)
            progress.Report(Report("stage a", step));

        Assert.Equal([1, 4], Assert.Single(DisplayExtensions.Shown!).Values.Select(view => ((TrainingView)view).Latest.Step));
    }

    [Fact]
    public void Losses_are_drawn_by_epoch()
    {
        var view = TrainingView.Of(Report("stage a", 1)).With(Report("stage a", 2)).With(Report("stage a", 3));

        Assert.Equal([new ChartPoint(1, 2), new ChartPoint(2, 3)], Assert.Single(view.Curves().Series).Points);
    }

    [Fact]
    public void What_a_finished_training_shows_is_the_same_in_every_run()
    {
        var (fast, slow) = (Report("stage a", 4), Report("stage a", 4) with { Elapsed = TimeSpan.FromHours(1) });

        Assert.Equal(TrainingView.Of(fast).ToHtml(), TrainingView.Of(slow).ToHtml());
    }

    private static TrainingProgress Report(string name, int step) =>
        new(name, step, 4, (step + 1) / 2, 2, new Dictionary<string, double> { ["total"] = step }, .1, TimeSpan.FromSeconds(step), TimeSpan.FromSeconds(4 - step));

    private sealed class ManualTime : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan time) => _ticks += time.Ticks;
    }
}
