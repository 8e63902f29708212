using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;

namespace SemPLeS.Notebooks;

/// <summary>A table as a notebook shows it: read from the result store, or the paper's numbers beside "not measured". Nothing is computed.</summary>
public sealed class StoredTable
{
    private const string NotMeasured = "not measured";

    // The shipped tables have so many training seeds on each world.
    private const int ShippedSeeds = 2;

    private static readonly string[] PhotographPresets = ["voc12", "coco14"];

    private readonly AblationTable _table;
    private readonly int _seeds;

    private StoredTable(AblationTable table, string preset, int seeds) => (_table, PresetName, _seeds) = (table, preset, seeds);

    /// <summary>The preset's name.</summary>
    public string PresetName { get; }

    /// <summary>The preset; null where this version can't train on it.</summary>
    public AblationPreset? Preset { get; private init; }

    /// <summary>The table with its numbers; null where a run is missing.</summary>
    public AblationResult? Result { get; private init; }

    /// <summary>What fills the table, in words.</summary>
    public string Advice => (Result, Preset) switch
    {
        ({ } result, _) => $"All {result.Runs} trainings are in the store.",
        (_, { } preset) => $"{Capital(NotMeasured)}. This computes what is missing: {Command(preset)}",
        _ => $"{Capital(NotMeasured)}: this version has no trainings on {PresetName}.",
    };

    /// <summary>Reads a table.</summary>
    /// <param name="table">The table, such as <see cref="AblationTables.Table4"/>.</param>
    /// <param name="preset">mini, mini-smoke, voc12 or coco14; null or empty is mini.</param>
    /// <param name="store">The store.</param>
    /// <param name="seeds">Training seeds on each world.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    /// <exception cref="InvalidDataException">The file of runs that comes with the library is damaged.</exception>
    public static StoredTable Read(AblationTable table, string? preset, ResultStore store, int seeds = ShippedSeeds)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(store);
        var name = string.IsNullOrEmpty(preset) ? MiniPreset.Name : preset;
        if (PhotographPresets.Contains(name))
            return new StoredTable(table, name, seeds);
        var known = AblationPreset.Named(name);
        var queue = new RunQueue(store, new ExperimentOptions { Folder = store.Folder });
        return new StoredTable(table, name, seeds) { Preset = known, Result = Ablation.Read(table, known, known.Worlds, queue, seeds) };
    }

    /// <summary>The table; where it is not measured, the paper's numbers and what fills it.</summary>
    public TableSection Table() => Result is { } result ? AblationView.Table(result) : new TableSection(
        $"{_table.Title}, on {PresetName}",
        [new TableColumn("row"), .. _table.Columns.Select(column => new TableColumn(column.Heading, IsNumeric: true)), .. HasPaper ? new[] { new TableColumn(_table.PaperSource, IsNumeric: true) } : []],
        [.. _table.Rows.Select(row => (IReadOnlyList<string>)
        [
            row.Name,
            .. _table.Columns.Select(_ => NotMeasured),
            .. HasPaper ? new[] { row.Paper is { } paper ? ChartNumbers.Text(paper, 1) : "not given" } : [],
        ])])
    {
        Text = Advice,
    };

    /// <summary>What the numbers say of the paper's claims; without numbers, what fills the table.</summary>
    public TableSection Verdicts() => Result is { } result
        ? AblationView.Verdicts(result)
        : new TableSection("What the numbers say", [new TableColumn("claim")], [.. _table.Claims.Select(claim =>
            (IReadOnlyList<string>)[$"{_table.Columns[claim.Column].Heading}, \"{_table.Rows[claim.Higher].Name}\" over \"{_table.Rows[claim.Lower].Name}\": {NotMeasured}"])])
        {
            Text = Advice,
        };

    /// <summary>A view of the numbers, such as a chart; without numbers, what fills the table.</summary>
    /// <param name="view">Makes it of the result.</param>
    public INotebookOutput Show(Func<AblationResult, INotebookOutput> view)
    {
        ArgumentNullException.ThrowIfNull(view);
        return Result is { } result ? view(result) : Table();
    }

    private bool HasPaper => _table.Rows.Any(row => row.Paper is not null);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];

    private string Command(AblationPreset preset)
    {
        var what = _table.Name.StartsWith("table", StringComparison.Ordinal) ? $"table {_table.Name["table".Length..]}" : $"{_table.Name} --set ...";
        return FormattableString.Invariant($"./semples {what} --preset {preset.Name} --seeds {preset.Worlds} --training-seeds {_seeds}");
    }
}
