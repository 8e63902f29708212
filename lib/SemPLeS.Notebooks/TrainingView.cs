using System.Globalization;
using SemPLeS.Training;

namespace SemPLeS.Notebooks;

/// <summary>How far a training is, and its losses so far. Of a training that has ended it shows nothing that differs from run to run, such as seconds.</summary>
[TypeFormatterSource(typeof(HtmlFormatterSource), PreferredMimeTypes = ["text/html"])]
public sealed class TrainingView : INotebookOutput
{
    private readonly IReadOnlyList<IReadOnlyDictionary<string, double>> _epochs;

    private TrainingView(TrainingProgress latest, IReadOnlyList<IReadOnlyDictionary<string, double>> epochs) => (Latest, _epochs) = (latest, epochs);

    /// <summary>The last report.</summary>
    public TrainingProgress Latest { get; }

    /// <summary>The view of a training's first report.</summary>
    public static TrainingView Of(TrainingProgress first)
    {
        ArgumentNullException.ThrowIfNull(first);
        return new TrainingView(first, [first.Losses]);
    }

    /// <summary>The view after a further report of the same training.</summary>
    public TrainingView With(TrainingProgress latest)
    {
        ArgumentNullException.ThrowIfNull(latest);
        return new TrainingView(latest, [.. latest.Epoch == Latest.Epoch ? _epochs.SkipLast(1) : _epochs, latest.Losses]);
    }

    /// <summary>Name, epoch, step and losses; while the training goes on also the time left.</summary>
    public override string ToString()
    {
        var losses = string.Join(", ", Latest.Losses.Select(loss => string.Create(CultureInfo.InvariantCulture, $"{loss.Key} {loss.Value:0.0000}")));
        return string.Create(CultureInfo.InvariantCulture, $"{Latest.Name}: {(IsDone ? $"{Latest.Epochs} epochs, {Latest.Steps} steps done" : $"epoch {Latest.Epoch} of {Latest.Epochs}, step {Latest.Step} of {Latest.Steps}, {Latest.Remaining.TotalSeconds:0} s left")}; {losses}");
    }

    /// <inheritdoc/>
    public string ToHtml()
    {
        var bar = string.Create(CultureInfo.InvariantCulture, $"<progress value=\"{Latest.Step}\" max=\"{Latest.Steps}\"></progress>\n");
        return Html.Fragment($"<p>{Html.Escape(ToString())}</p>\n{(IsDone ? "" : bar)}{(_epochs.Count > 1 ? new SectionHtml(Html.DataUri).Write(Curves()) : "")}");
    }

    /// <summary>The losses by epoch; the last epoch's are means over its steps so far.</summary>
    public ChartSection Curves()
    {
        var first = Latest.Epoch - _epochs.Count + 1;
        return new ChartSection($"Losses of {Latest.Name}", "epoch", "loss",
            [.. Latest.Losses.Keys.Select(term => new ChartSeries(term, [.. _epochs.Select((losses, i) => new ChartPoint(first + i, losses.GetValueOrDefault(term, double.NaN)))]))]);
    }

    private bool IsDone => Latest.Step == Latest.Steps;
}
