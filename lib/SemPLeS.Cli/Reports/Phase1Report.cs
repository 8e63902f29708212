using System.Globalization;
using SemPLeS.Cli.Display;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using SemPLeS.Notebooks;
using SemPLeS.Training;

namespace SemPLeS.Cli.Reports;

/// <summary>The page about phase 1 on photographs, on a world, or on several worlds.</summary>
internal static class Phase1Report
{
    /// <summary>Puts the page together.</summary>
    /// <param name="outcomes">At least one experiment.</param>
    /// <param name="records">Their results, as they were stored.</param>
    /// <param name="machine">What computed them.</param>
    /// <param name="pictures">Pictures of the first experiment; null for none.</param>
    public static Report Build(IReadOnlyList<Phase1Outcome> outcomes, IReadOnlyList<ResultRecord> records, MachineRecord machine, PictureSection? pictures)
    {
        var first = outcomes[0];
        var sections = new List<ReportSection> { ResultTable.OfWorlds(records) };
        if (first.Scores.Count > 0)
            sections.Add(ResultTables.PerClass("Seeds of each class", outcomes));
        sections.Add(LossChart(outcomes));
        if (first.Scores.Count > 0)
            sections.Add(ThresholdChart(outcomes));
        if (pictures is not null)
            sections.Add(outcomes.Count > 1 ? pictures with { Heading = $"{pictures.Heading} of {Name(first)}" } : pictures);
        sections.AddRange(outcomes.Select(outcome => EpochTable(outcome, outcomes.Count > 1)));
        sections.AddRange(Settings(first));
        sections.Add(Machine(machine));
        return new Report("Phase 1: a mask generator from image-level labels", sections) { Introduction = Introduction(outcomes) };
    }

    private static string Name(Phase1Outcome outcome) => ResultTable.WorldName(outcome.Plan.Preset, outcome.Plan.World);

    private static string Introduction(IReadOnlyList<Phase1Outcome> outcomes)
    {
        var plan = outcomes[0].Plan;
        return $"Preset {plan.Preset}, {string.Join(", ", outcomes.Select(Name))}, training seed {plan.Seed}: {plan.Settings.Epochs} epochs of {plan.Train.Count} pictures. "
            + "Seeds are made from CAMs at one background threshold for all pictures of a split, which is chosen by their masks as each protocol says"
            + (plan.Scores.Count == 0 ? "; these pictures have no masks, so nothing is scored. " : ". ")
            + string.Join(" ", plan.Scores.Select(score => score.Protocol).Distinct().Select(protocol => $"Protocol {protocol.Name}: {protocol.Description}."))
            + " The last epoch's weights are scored.";
    }

    private static ChartSection LossChart(IReadOnlyList<Phase1Outcome> outcomes) => new(
        "Loss", "epoch", "loss", outcomes.Count > 1 ? [.. outcomes.Select(outcome => Series(Name(outcome), outcome, "total"))] : [.. outcomes[0].Training.Epochs[0].Losses.Keys.Select(term => Series(term, outcomes[0], term))])
    {
        Text = "Means over the steps of each epoch.",
    };

    private static ChartSeries Series(string name, Phase1Outcome outcome, string term) =>
        new(name, [.. outcome.Training.Epochs.Select(epoch => new ChartPoint(epoch.Epoch, epoch.Losses[term]))]);

    private static ChartSection ThresholdChart(IReadOnlyList<Phase1Outcome> outcomes) => new(
        "mIoU by background threshold",
        "background threshold",
        "mIoU (%)",
        outcomes.Count > 1
            ? [.. outcomes.Select(outcome => Curve(Name(outcome), outcome.Scores[0]))]
            : [.. outcomes[0].Scores.Select(score => Curve(SeedColumns.Name(score, outcomes[0].Scores), score))])
    {
        Text = outcomes.Count > 1 ? $"On {outcomes[0].Scores[0].Split}." : string.Empty,
    };

    private static ChartSeries Curve(string name, MeasuredScore score) =>
        new(name, [.. score.Evaluation.Seeds.Curve.Select(point => new ChartPoint(point.Threshold, 100 * point.MeanIou))]);

    private static TableSection EpochTable(Phase1Outcome outcome, bool named)
    {
        var terms = outcome.Training.Epochs[0].Losses.Keys.ToArray();
        return new TableSection(
            named ? $"Epochs of {Name(outcome)}" : "Epochs",
            [new TableColumn("epoch"), .. terms.Append("learning rate").Append("seconds").Select(name => new TableColumn(name, IsNumeric: true))],
            [.. outcome.Training.Epochs.Select(epoch => ResultTables.Epoch(epoch, terms))]);
    }

    private static IEnumerable<TableSection> Settings(Phase1Outcome outcome)
    {
        using var start = outcome.Plan.Start();
        yield return TwoColumns("Settings of the training", Texts(outcome.Plan.Settings));
        yield return TwoColumns("Settings of the generator", Texts(start.Settings));
        foreach (var protocol in outcome.Plan.Scores.Select(score => score.Protocol).Distinct())
            yield return TwoColumns($"Settings of protocol {protocol.Name}", Texts(protocol));
    }

    /// <summary>The settings without the list of thresholds, which its rule describes.</summary>
    private static IEnumerable<(string Name, string Value)> Texts(object settings) =>
        SettingsText.Of(settings).Where(item => item.Key != $"{nameof(SeedProtocol.Rule)}.{nameof(ThresholdRule.Levels)}").Select(item => (item.Key, item.Value));

    private static TableSection Machine(MachineRecord machine) => TwoColumns("Computed by",
    [
        ("library", machine.Library),
        ("libtorch", machine.Libtorch),
        ("runtime", machine.Runtime),
        ("system", machine.System),
        ("device", machine.Device),
        ("threads", machine.Threads.ToString(CultureInfo.InvariantCulture)),
        ("processors", machine.Processors.ToString(CultureInfo.InvariantCulture)),
    ]);

    private static TableSection TwoColumns(string heading, IEnumerable<(string Name, string Value)> rows) =>
        new(heading, [new TableColumn("name"), new TableColumn("value")], [.. rows.Select(row => (IReadOnlyList<string>)[row.Name, row.Value])]);
}
