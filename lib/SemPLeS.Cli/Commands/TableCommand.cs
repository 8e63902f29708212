using System.CommandLine;
using SemPLeS.Experiments.Ablations;

namespace SemPLeS.Cli.Commands;

/// <summary>Makes the paper's tables.</summary>
internal sealed class TableCommand : SemplesCommand
{
    private readonly Argument<int[]> _numbers = new("table") { Description = "1, 4, 5 or 6; several are made in one go, and what they share is run once.", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string[]> _rows = new("--row") { Description = "A row's name, in any case: of one table, only such rows. May be given several times; the first row that is left is the baseline.", HelpName = "NAME" };
    private readonly AblationOptions _options;

    public TableCommand(Terminal terminal)
        : base("table", "Makes the paper's Tables 1, 4, 5 and 6: computes the runs that the store lacks, and prints each with the paper's numbers beside it.", terminal)
    {
        _numbers.AcceptOnlyFromAmong([.. AblationTables.Numbers.Select(number => FormattableString.Invariant($"{number}"))]);
        Add(_numbers);
        Add(_rows);
        Validators.Add(result =>
        {
            if (result.GetResult(_rows) is { Tokens.Count: > 0 } && result.GetResult(_numbers) is { Tokens.Count: > 1 })
                result.AddError("--row goes with one table.");
        });
        _options = new AblationOptions(this, "tables");
    }

    /// <inheritdoc/>
    public override string AfterStop => CommonOptions.AfterStop;

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var (preset, numbers) = (_options.Preset(parsed), parsed.GetRequiredValue(_numbers).Distinct().ToArray());
        var without = numbers.Except(preset.Tables.Select(table => table.Number)).ToArray();
        if (without.Length > 0)
            throw new ArgumentException($"{preset.Name} has table {string.Join(", ", preset.Tables.Select(table => table.Number))}, and no table {string.Join(", ", without)}.");
        AblationTable[] tables = [.. numbers.Select(number => preset.Tables.First(table => table.Number == number).Table)];
        _options.Run(parsed, Terminal, preset, parsed.GetValue(_rows) is { Length: > 0 } rows ? [tables[0].Only(rows)] : tables);
    }
}
