using System.CommandLine;
using System.Globalization;

namespace SemPLeS.Cli.Commands;

/// <summary>Clears a store up.</summary>
internal sealed class StorePruneCommand : SemplesCommand
{
    private readonly Option<bool> _weights = new("--weights") { Description = "Also the weights of sound runs: a later run that starts from one trains it again." };
    private readonly StoreOptions _store;

    public StorePruneCommand(Terminal terminal)
        : base("prune", "Deletes damaged records, records of other numerics, and what unfinished runs left, unless they are running.", terminal)
    {
        Add(_weights);
        _store = new StoreOptions(this);
    }

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var (records, bytes) = _store.Open(parsed, Terminal).Prune(parsed.GetValue(_weights));
        Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{records} records deleted, {bytes / 1e6:0.0} MB freed."));
    }
}
