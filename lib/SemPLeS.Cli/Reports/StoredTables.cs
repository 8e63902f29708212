using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;
using SemPLeS.Notebooks;

namespace SemPLeS.Cli.Reports;

/// <summary>The paper's Tables 4 to 6 as they came with the library, for whoever runs one world.</summary>
internal static class StoredTables
{
    /// <summary>The tables that all runs are there for; nothing is computed.</summary>
    /// <param name="store">The store.</param>
    /// <exception cref="InvalidDataException">The file of runs is damaged.</exception>
    public static IReadOnlyList<TableSection> Read(ResultStore store) =>
    [
        .. from table in new[] { AblationTables.Table4, AblationTables.Table5, AblationTables.Table6 }
           let stored = StoredTable.Read(table, MiniPreset.Name, store)
           where stored.Result is not null
           let section = stored.Table()
           select section with { Heading = $"{section.Heading} (stored: computed earlier, not in this run)" },
    ];
}
