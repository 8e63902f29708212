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
        DefaultValueFactory = _ => DefaultFolder,
    };

    /// <summary>Where the store is when nothing else is said.</summary>
    public static string DefaultFolder => Path.Combine("artifacts", "store");

    public StoreOptions(Command command) => command.Add(_store);

    /// <summary>Opens the store, with the runs that come with the library; a damaged record is reported.</summary>
    public ResultStore Open(ParseResult parsed, Terminal terminal) => Open(parsed.GetRequiredValue(_store), terminal);

    /// <summary>Opens the store of a folder, with the runs that come with the library; a damaged record is reported.</summary>
    public static ResultStore Open(string folder, Terminal terminal)
    {
        var told = new HashSet<string>();
        return new ResultStore(folder, ResultStore.ShippedPath)
        {
            Damaged = message =>
            {
                if (told.Add(message))
                    terminal.Error.WriteLine($"Not used: {message}");
            },
        };
    }
}
