using System.CommandLine;
using SemPLeS.Experiments.Store;

namespace SemPLeS.Cli.Commands;

/// <summary>Checks a store.</summary>
internal sealed class StoreVerifyCommand : SemplesCommand
{
    private readonly StoreOptions _store;

    public StoreVerifyCommand(Terminal terminal)
        : base("verify", "Checks every record and the weights that are kept for it; exits with 1 where something is damaged.", terminal) => _store = new StoreOptions(this);

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var store = _store.Open(parsed, Terminal);
        var entries = store.Entries();
        string[] defects = [.. entries.SelectMany(entry => entry.Defect is { } defect ? [defect] : entry.IsShipped ? [] : store.WeightsDefects(entry.Run!))];
        foreach (var defect in defects)
            Terminal.Output.WriteLine(defect);
        var old = entries.Count(entry => entry.Run is { } run && run.Numerics != PlannedRun.Numerics);
        Terminal.Output.WriteLine($"{entries.Count} runs, {defects.Length} defects{(old > 0 ? $", {old} of other numerics, which no table uses" : string.Empty)}.");
        if (defects.Length > 0)
            throw new InvalidDataException($"{store.Folder} has {defects.Length} defects: `semples store prune` removes damaged records, and the next table computes them again.");
    }
}
