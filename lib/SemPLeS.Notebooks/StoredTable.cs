using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;

namespace SemPLeS.Notebooks;

/// <summary>A table as a notebook shows it: read from the result store, or the paper's numbers beside "not measured". Nothing is computed.</summary>
public sealed class StoredTable
{
    private const string NotMeasured = "not measured";

    private readonly AblationTable _table;
    private readonly int? _seeds;
    private string _missing = string.Empty;

    private StoredTable(AblationTable table, string preset, int? seeds) => (_table, PresetName, _seeds) = (table, preset, seeds);

    /// <summary>The preset's name.</summary>
    public string PresetName { get; }

    /// <summary>The preset; null where its pictures or weights are missing.</summary>
    public AblationPreset? Preset { get; private init; }

    /// <summary>The table with its numbers; null where a run is missing.</summary>
    public AblationResult? Result { get; private init; }

    /// <summary>What fills the table, in words.</summary>
    public string Advice => (Result, Preset) switch
    {
        ({ } result, _) => $"All {result.Runs} trainings are in the store.",
        (_, { } preset) => $"{Capital(NotMeasured)}. This computes what is missing: {Command(preset)}",
        _ => $"{Capital(NotMeasured)}: {_missing}",
    };

    /// <summary>Reads a table.</summary>
    /// <param name="table">The table, such as <see cref="AblationTables.Table4"/>.</param>
    /// <param name="preset">mini, mini-smoke, voc12 or coco14; null or empty is mini.</param>
    /// <param name="store">The store.</param>
    /// <param name="seeds">Training seeds on each world; null: as many as the preset's tables usually have.</param>
    /// <param name="dataFolder">Where pictures and weights of voc12 or coco14 lie; null: the environment's SEMPLES_DATA, or the folder data beside the notebooks'.</param>
    /// <exception cref="ArgumentException">There is no such preset.</exception>
    /// <exception cref="InvalidDataException">The file of runs that comes with the library, or a list or mask of the data, is damaged.</exception>
    public static StoredTable Read(AblationTable table, string? preset, ResultStore store, int? seeds = null, string? dataFolder = null)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(store);
        var name = string.IsNullOrEmpty(preset) ? MiniPreset.Name : preset;
        if (PaperPreset.Names.Contains(name))
        {
            var data = PaperData.In(dataFolder, PaperPreset.Named(name), relativeTo: "..");
            if (data.Missing() is [var first, ..] missing)
                return new StoredTable(table, name, seeds) { _missing = $"{Path.GetFileName(first.Path)} is missing{(missing.Count > 1 ? $", and {missing.Count - 1} more" : "")}. `./semples doctor --preset {name}` says what else is needed and what fetches it." };
            dataFolder = data.Folder;
        }

        var known = AblationPreset.Named(name, dataFolder);
        var queue = new RunQueue(store, new ExperimentOptions { Folder = store.Folder });
        // On photographs each seed takes hours: what there is of them is shown.
        var least = PaperPreset.Names.Contains(name) ? 1 : known.Usual.Worlds;
        var result = Enumerable.Range(least, known.Usual.Worlds - least + 1).Reverse().Select(worlds => Ablation.Read(table, known, worlds, queue, seeds ?? known.Usual.Seeds)).FirstOrDefault(found => found is not null);
        return new StoredTable(table, name, seeds) { Preset = known, Result = result };
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
        // Table 4's trainings start from those of every stage.
        var what = _table == AblationTables.Stages ? "table 4"
            : _table.Name.StartsWith("table", StringComparison.Ordinal) ? $"table {_table.Name["table".Length..]}"
            : $"{_table.Name} --set ...";
        var trainingSeeds = _seeds ?? preset.Usual.Seeds;
        return FormattableString.Invariant($"./semples {what} --preset {preset.Name} --seeds {preset.Usual.Worlds}{(trainingSeeds > 1 ? $" --training-seeds {trainingSeeds}" : "")}");
    }
}
