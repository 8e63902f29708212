using SemPLeS.Experiments.Store;

namespace SemPLeS.Experiments.Ablations;

/// <summary>A table before it is run.</summary>
/// <param name="Name">A short name, such as table4.</param>
/// <param name="Title">What it shows.</param>
/// <param name="PaperSource">Where the paper's numbers were measured; empty where there are none.</param>
/// <param name="Columns">What is measured of each row; the first is compared with the first row and with the paper.</param>
/// <param name="Rows">The rows; the first is the baseline.</param>
public sealed record AblationTable(string Name, string Title, string PaperSource, IReadOnlyList<AblationColumn> Columns, IReadOnlyList<AblationRow> Rows)
{
    /// <summary>The orders of rows that are judged.</summary>
    public IReadOnlyList<AblationClaim> Claims { get; init; } = [];

    /// <summary>Rows of the paper, which stand apart.</summary>
    public IReadOnlyList<AblationQuote> Quotes { get; init; } = [];

    /// <summary>What the rows' values are, for a chart over them; null where they are no numbers.</summary>
    public string? ValueName { get; init; }

    /// <summary>What a reader must know to read the numbers.</summary>
    public string Remark { get; init; } = string.Empty;

    /// <summary>The same table with some of its rows, in their order; the first of them is the baseline. Claims about others are left out.</summary>
    /// <param name="names">Names of rows, in any case.</param>
    /// <exception cref="ArgumentException">There is no such row; the message names those that there are.</exception>
    public AblationTable Only(params IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        if (names.FirstOrDefault(name => !Rows.Any(row => Is(row, name))) is { } unknown)
            throw new ArgumentException($"{Title} has no row '{unknown}': {string.Join(", ", Rows.Select(row => $"'{row.Name}'"))}.", nameof(names));
        int[] kept = [.. Enumerable.Range(0, Rows.Count).Where(row => names.Any(name => Is(Rows[row], name)))];
        return this with
        {
            Rows = [.. kept.Select(row => Rows[row])],
            Claims = [.. Claims.Where(claim => kept.Contains(claim.Higher) && kept.Contains(claim.Lower))
                .Select(claim => claim with { Higher = Array.IndexOf(kept, claim.Higher), Lower = Array.IndexOf(kept, claim.Lower) })],
        };

        static bool Is(AblationRow row, string name) => string.Equals(row.Name, name, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>All runs whose numbers are shown, world after world.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="worlds">Number of worlds, from 0, at least 1.</param>
    /// <param name="seeds">Number of training seeds, from 0, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or the preset has fewer worlds.</exception>
    public IReadOnlyList<PlannedRun> Runs(AblationPreset preset, int worlds, int seeds = 1)
    {
        Require(preset, worlds, seeds);
        return
        [
            .. from seed in Enumerable.Range(0, seeds)
               from world in Enumerable.Range(0, worlds)
               from row in Rows
               from run in row.Runs(preset, world, seed)
               select run,
        ];
    }

    /// <summary>Checks that there are so many worlds and seeds.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 1, or the preset has fewer worlds.</exception>
    internal static void Require(AblationPreset preset, int worlds, int seeds)
    {
        ArgumentNullException.ThrowIfNull(preset);
        ArgumentOutOfRangeException.ThrowIfLessThan(worlds, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(seeds, 1);
        if (worlds > preset.Worlds)
            throw new ArgumentOutOfRangeException(nameof(worlds), worlds, $"{preset.Name} has {preset.Worlds} {preset.Unit}s.");
    }
}
