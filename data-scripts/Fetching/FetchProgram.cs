using SemPLeS.Cli;
using SemPLeS.Experiments;

namespace SemPLeS.Fetching;

/// <summary>The main program of each file in data-scripts.</summary>
public static class FetchProgram
{
    /// <summary>Says what a plan fetches, fetches it, and says what is there.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="arguments">The command line; --help lists what it may hold.</param>
    /// <returns>The exit status: 0 all is there, 1 something is not, 2 the command line was not understood, 130 stopped by Ctrl-C.</returns>
    public static int Run(FetchPlan plan, IReadOnlyList<string> arguments)
    {
        using var interruption = new Interruption();
        using var client = new HttpClient { Timeout = Timeout.InfiniteTimeSpan };
        return Run(plan, arguments, Terminal.OfProcess(interruption.Token), new Downloader(client), OutputFolder.FreeBytes);
    }

    /// <summary>The same in given surroundings.</summary>
    internal static int Run(FetchPlan plan, IReadOnlyList<string> arguments, Terminal terminal, Downloader downloader, Func<string, long> freeSpace) =>
        SemplesConsole.Invoke(new FetchCommand(plan, terminal, downloader, freeSpace), arguments, terminal);
}
