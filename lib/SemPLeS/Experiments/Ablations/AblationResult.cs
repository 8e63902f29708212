using System.Text.Json.Serialization;

namespace SemPLeS.Experiments.Ablations;

/// <summary>A table with its numbers.</summary>
/// <param name="Table">The table.</param>
public sealed record AblationResult([property: JsonIgnore] AblationTable Table)
{
    internal const string World = "world";

    /// <summary>A short name, such as table4.</summary>
    public string Name => Table.Name;

    /// <summary>What it shows.</summary>
    public string Title => Table.Title;

    /// <summary>What is measured of each row.</summary>
    public IReadOnlyList<AblationColumn> Columns => Table.Columns;

    /// <summary>The preset's name.</summary>
    public required string Preset { get; init; }

    /// <summary>The worlds, which rows are paired by.</summary>
    public required IReadOnlyList<int> Worlds { get; init; }

    /// <summary>What a world is: a world of drawings, or a training seed on photographs.</summary>
    public string Unit { get; init; } = World;

    /// <summary>The training seeds of each world.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>The rows.</summary>
    public required IReadOnlyList<AblationRowResult> Rows { get; init; }

    /// <summary>The paper's claims, judged.</summary>
    public required IReadOnlyList<AblationVerdict> Verdicts { get; init; }

    /// <summary>Where seeds were scored.</summary>
    public required string Split { get; init; }

    /// <summary>Which epoch's weights were scored.</summary>
    public required string EpochRule { get; init; }

    /// <summary>How the background threshold was chosen.</summary>
    public required string ThresholdRule { get; init; }

    /// <summary>What the runs were computed on; several where they were not all computed on one machine.</summary>
    public required IReadOnlyList<string> Hardware { get; init; }

    /// <summary>The library's versions, with the commits, that computed the runs.</summary>
    public required IReadOnlyList<string> Versions { get; init; }

    /// <summary>Trainings behind the table, each counted once.</summary>
    public required int Runs { get; init; }

    /// <summary>Hours that their device, processor or GPU, was in use, scoring included.</summary>
    public required double DeviceHours { get; init; }
}
