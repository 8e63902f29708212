using System.CommandLine;
using System.Globalization;
using SemPLeS.Cli.Display;

namespace SemPLeS.Cli.Commands;

/// <summary>Lists the runs of a store.</summary>
internal sealed class StoreListCommand : SemplesCommand
{
    private readonly StoreOptions _store;

    public StoreListCommand(Terminal terminal)
        : base("list", "Lists the runs.", terminal) => _store = new StoreOptions(this);

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var entries = _store.Open(parsed, Terminal).Entries();
        Tables.Write(Terminal, "Runs", ["key", "preset", "world", "seed", "stage", "seed mIoU", "seconds", "weights", "from"], entries.Select(IReadOnlyList<string> (entry) => entry.Run is not { } run
            ? [Path.GetFileNameWithoutExtension(entry.Path), "damaged", "", "", "", "", "", Size(entry.WeightsBytes), "store"]
            :
            [
                run.Key[..8],
                run.Preset,
                run.World,
                run.Seed.ToString(CultureInfo.InvariantCulture),
                run.Stage,
                run.Value("train", "seed_miou") is { } seeds ? seeds.ToString("0.0", CultureInfo.InvariantCulture) : "\u2013",
                run.WallSeconds.ToString("0", CultureInfo.InvariantCulture),
                Size(entry.WeightsBytes),
                entry.IsShipped ? "library" : entry.Defect is null ? "store" : "store, damaged",
            ]));
        Terminal.Output.WriteLine($"{entries.Count} runs.");
    }

    private static string Size(long bytes) => bytes == 0 ? "\u2013" : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} kB");
}
