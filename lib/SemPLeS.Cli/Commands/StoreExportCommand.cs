using System.CommandLine;
using SemPLeS.Experiments.Store;

namespace SemPLeS.Cli.Commands;

/// <summary>Writes the sound runs of a store to one file.</summary>
internal sealed class StoreExportCommand : SemplesCommand
{
    private readonly Argument<string> _file = new("file") { Description = "The file, a run in each line, compressed by gzip, as the library ships them." };
    private readonly Option<string[]> _presets = new("--preset") { Description = "The runs of this preset; may be given several times.", HelpName = "NAME", DefaultValueFactory = _ => [Experiments.MiniPreset.Name] };
    private readonly StoreOptions _store;

    public StoreExportCommand(Terminal terminal)
        : base("export", "Writes the sound runs of presets to one file.", terminal)
    {
        Add(_file);
        Add(_presets);
        _store = new StoreOptions(this);
    }

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var presets = parsed.GetRequiredValue(_presets);
        StoredRun[] runs =
        [
            .. _store.Open(parsed, Terminal).Entries()
                .Where(entry => entry.Defect is null && presets.Contains(entry.Run!.Preset) && entry.Run.Numerics == PlannedRun.Numerics)
                .OrderBy(entry => entry.IsShipped)
                .Select(entry => entry.Run!)
                .DistinctBy(run => run.Key)
                .OrderBy(run => run.Preset, StringComparer.Ordinal).ThenBy(run => run.World, StringComparer.Ordinal).ThenBy(run => run.Seed).ThenBy(run => run.Stage, StringComparer.Ordinal).ThenBy(run => run.Key, StringComparer.Ordinal),
        ];
        ResultStore.Export(runs, parsed.GetRequiredValue(_file));
        Terminal.Output.WriteLine($"{runs.Length} runs.");
    }
}
