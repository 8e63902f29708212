using System.CommandLine;

namespace SemPLeS.Cli.Commands;

/// <summary>Holds the commands about the result store.</summary>
internal sealed class StoreCommand : Command
{
    public StoreCommand(Terminal terminal)
        : base("store", "Looks at the result store, which holds every run once.")
    {
        Add(new StoreListCommand(terminal));
        Add(new StoreShowCommand(terminal));
        Add(new StoreVerifyCommand(terminal));
        Add(new StorePruneCommand(terminal));
        Add(new StoreExportCommand(terminal));
    }
}
