using SemPLeS.Training;
using Spectre.Console;

namespace SemPLeS.Cli.Display;

/// <summary>A bar for each training and each score.</summary>
internal sealed class ProgressBars : ProgressDisplay
{
    // A description and its bar fit a terminal of 80 columns.
    private const int BarWidth = 16;

    private readonly ProgressContext _context;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, ProgressTask> _tasks = [];

    private ProgressBars(ProgressContext context) => _context = context;

    /// <summary>Draws bars on <paramref name="writer"/> while <paramref name="work"/> runs.</summary>
    public static void Run(TextWriter writer, Action<ProgressDisplay> work) =>
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }).Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = BarWidth }, new PercentageColumn())
            .Start(context => work(new ProgressBars(context)));

    /// <inheritdoc/>
    public override void Report(TrainingProgress value) =>
        Set(
            value.Name,
            value.Step,
            value.Steps,
            $"{value.Name} epoch {value.Epoch}/{value.Epochs}, step {value.Step}/{value.Steps}, loss {value.Losses["total"]:0.000}, {value.Remaining.TotalSeconds:0} s left");

    /// <inheritdoc/>
    public override void Report(string what, int done, int count) => Set(what, done, count, what);

    /// <inheritdoc/>
    public override void Remark(string text) => _context.AddTask(Markup.Escape(text)).Value = 100;

    private void Set(string key, long done, long count, string text)
    {
        lock (_lock)
        {
            // A training that begins again, of the next world, gets a bar of its own.
            if (!_tasks.TryGetValue(key, out var task) || done < task.Value)
                _tasks[key] = task = _context.AddTask(Markup.Escape(text), maxValue: count);
            task.Description = Markup.Escape(text);
            task.Value = done;
        }
    }
}
