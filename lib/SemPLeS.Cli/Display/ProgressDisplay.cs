using SemPLeS.Experiments;
using SemPLeS.Training;

namespace SemPLeS.Cli.Display;

/// <summary>Shows how far a command is.</summary>
internal abstract class ProgressDisplay : IProgress<TrainingProgress>
{
    /// <summary>Shows progress while <paramref name="work"/> runs: bars to someone who watches, else a line now and then.</summary>
    public static void Show(Terminal terminal, Action<ProgressDisplay> work)
    {
        if (terminal.IsWatched)
            ProgressBars.Run(terminal.Error, work);
        else
            work(new ProgressLines(terminal.Error, terminal.Time));
    }

    /// <inheritdoc/>
    public abstract void Report(TrainingProgress value);

    /// <summary>Shows pictures that something is done with; from any thread.</summary>
    public abstract void Report(string what, int done, int count);

    /// <summary>Shows something that happened.</summary>
    public abstract void Remark(string text);

    /// <summary>Shows pictures that are scored; from any thread.</summary>
    public void Report(PlannedScore score, int done, int count) => Report($"seeds of {score.Split}, protocol {score.Protocol.Name}", done, count);
}
