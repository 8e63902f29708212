using Spectre.Console;

namespace SemPLeS.Cli;

/// <summary>What a command is given by its surroundings: where results and remarks go, the clock, and the wish to stop.</summary>
public sealed class Terminal
{
    private const int RedirectedWidth = 160;

    /// <summary>Sets all.</summary>
    /// <param name="output">Takes results.</param>
    /// <param name="error">Takes progress and errors.</param>
    /// <param name="cancellation">Asks commands to stop.</param>
    /// <param name="time">The clock for the seconds in records; null: the system's.</param>
    public Terminal(TextWriter output, TextWriter error, CancellationToken cancellation = default, TimeProvider? time = null)
    {
        (Output, Error, Cancellation, Time) = (output, error, cancellation, time ?? TimeProvider.System);
        Tables = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(output) });
        if (!ReferenceEquals(output, Console.Out) || Console.IsOutputRedirected)
            Tables.Profile.Width = RedirectedWidth;
    }

    /// <summary>Takes results.</summary>
    public TextWriter Output { get; }

    /// <summary>Takes progress and errors.</summary>
    public TextWriter Error { get; }

    /// <summary>Asks commands to stop.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Draws tables on <see cref="Output"/>.</summary>
    internal IAnsiConsole Tables { get; }

    /// <summary>Whether someone watches <see cref="Error"/>, so that a line of it may be drawn over.</summary>
    internal bool IsWatched => ReferenceEquals(Error, Console.Error) && !Console.IsErrorRedirected;

    /// <summary>The process' own.</summary>
    internal static Terminal OfProcess(CancellationToken cancellation) => new(Console.Out, Console.Error, cancellation);
}
