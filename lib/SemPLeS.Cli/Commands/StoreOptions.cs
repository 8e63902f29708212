using System.CommandLine;
using SemPLeS.Experiments.Store;

namespace SemPLeS.Cli.Commands;

/// <summary>The option that names a result store.</summary>
internal sealed class StoreOptions
{
    private readonly Option<string> _store = new("--store")
    {
        Description = "Folder of the result store: every run once. Two commands on one store share the work.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Path.Combine("artifacts", "store"),
    };

    public StoreOptions(Command command) => command.Add(_store);

    /// <summary>Opens the store, with the runs that come with the library; a damaged record is reported.</summary>
    public ResultStore Open(ParseResult parsed, Terminal terminal)
    {
        var told = new HashSet<string>();
        return new ResultStore(parsed.GetRequiredValue(_store), ResultStore.ShippedPath)
        {
            Damaged = message =>
            {
                if (told.Add(message))
                    terminal.Error.WriteLine($"Not used: {message}");
            },
        };
    }
}
