using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace SemPLeS.Cli.Commands;

/// <summary>Prints one run of a store.</summary>
internal sealed class StoreShowCommand : SemplesCommand
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Argument<string> _key = new("key") { Description = "The run's key, or enough of its beginning to tell it from the others." };
    private readonly StoreOptions _store;

    public StoreShowCommand(Terminal terminal)
        : base("show", "Prints one run: its configuration, data, numbers, cost and machine.", terminal)
    {
        Add(_key);
        _store = new StoreOptions(this);
    }

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var key = parsed.GetRequiredValue(_key);
        // A run of the folder stands before the library's of the same key.
        var found = _store.Open(parsed, Terminal).Entries().Where(entry => entry.Run?.Key.StartsWith(key, StringComparison.Ordinal) == true)
            .GroupBy(entry => entry.Run!.Key).Select(group => group.OrderBy(entry => entry.IsShipped).First()).ToArray();
        var entry = found switch
        {
            [] => throw new ArgumentException($"No run's key begins with '{key}'."),
            [var one] => one,
            _ => throw new ArgumentException($"{found.Length} keys begin with '{key}': {string.Join(", ", found.Take(3).Select(one => one.Run!.Key))} ..."),
        };
        Terminal.Output.WriteLine(JsonSerializer.Serialize(entry.Run, Format));
    }
}
