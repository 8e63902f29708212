using System.Globalization;
using SemPLeS.Cli.Display;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using SemPLeS.Notebooks;
using SemPLeS.Training;

namespace SemPLeS.Cli.Reports;

/// <summary>The page about a run: the whole method on one miniature world or on several, or phase 1 on photographs.</summary>
internal static class RunReport
{
    /// <summary>Puts the page together.</summary>
    /// <param name="outcomes">At least one experiment.</param>
    /// <param name="stages">The first's plan of the whole method; null for phase 1 alone.</param>
    /// <param name="records">Their results, as they were stored.</param>
    /// <param name="machine">What computed them.</param>
    /// <param name="seconds">What the run took.</param>
    /// <param name="pictures">Pictures of the first experiment; null for none.</param>
    /// <param name="stored">Tables of the store.</param>
    public static Report Build(
        IReadOnlyList<SemPLeSOutcome> outcomes, SemPLeSPlan? stages, IReadOnlyList<ResultRecord> records, MachineRecord machine, double seconds, PictureSection? pictures, IReadOnlyList<TableSection> stored)
    {
        var (first, several) = (outcomes[0].Phase1, outcomes.Count > 1);
        var sections = new List<ReportSection>(ResultTables.Results(records));
        sections.AddRange(stored);
        if (pictures is not null)
            sections.Add(several ? pictures with { Heading = $"{pictures.Heading} of {Name(first)}" } : pictures);
        sections.AddRange(ResultTables.Splits(outcomes[0])
            .Select(split => ResultTables.PerClass(split is null ? "Seeds of each class" : $"Seeds of each class, {split}", outcomes, split)));
        if (outcomes[0].Segmentation.Count > 0)
            sections.Add(ResultTables.Segmentation($"Masks and segmentation of each class{(several ? $", {Name(first)}" : string.Empty)}", outcomes[0]));
        if (first.Scores.Count > 0)
            sections.Add(ThresholdChart(outcomes));
        sections.AddRange(Enumerable.Range(0, Trainings(outcomes[0]).Count).Select(place => LossChart(outcomes, place)));
        sections.AddRange(outcomes.SelectMany(outcome => Trainings(outcome).Select(training => EpochTable(training, several ? $" of {Name(outcome.Phase1)}" : string.Empty))));
        sections.AddRange(Settings(first));
        if (stages is not null)
            sections.Add(TwoColumns("Settings of the stages", SettingsText.Of(stages.Settings).Select(item => (item.Key, item.Value))));
        sections.Add(Machine(machine, seconds));
        return new Report(stages is null ? "Phase 1: a mask generator from image-level labels" : "SemPLeS: masks from image-level labels", sections)
        {
            Introduction = Introduction(outcomes),
        };
    }

    private static string Name(Phase1Outcome outcome) => ResultTable.WorldName(outcome.Plan.Preset, outcome.Plan.World);

    private static IReadOnlyList<TrainingRecord> Trainings(SemPLeSOutcome outcome) =>
    [
        outcome.Phase1.Training,
        .. outcome.Stages.Select(stage => stage.Training),
        .. outcome.Segmentation.Select(segmentation => segmentation.Retraining.Training with { Name = $"retraining on masks: {segmentation.Row}" }),
    ];

    private static string Introduction(IReadOnlyList<SemPLeSOutcome> outcomes)
    {
        var plan = outcomes[0].Phase1.Plan;
        return $"Preset {plan.Preset}, {string.Join(", ", outcomes.Select(outcome => Name(outcome.Phase1)))}, training seed {plan.Seed}: phase 1 is {plan.Settings.Epochs} epochs of {plan.Train.Count} pictures. "
            + (outcomes[0].Stages.Count == 0 ? string.Empty
                : "Stage a teaches the generator to cut out what CLIP takes for the label, stage b learns a prompt for the background of each class, stage c restarts from phase 1 and keeps what the prompts describe out of the masks. ")
            + "Seeds are made from CAMs at one background threshold for all pictures of a split, which is chosen by their masks as each protocol says"
            + (plan.Scores.Count == 0 ? "; these pictures have no masks, so nothing is scored. " : ". ")
            + string.Join(" ", plan.Scores.Select(score => score.Protocol).Distinct().Select(protocol => $"Protocol {protocol.Name}: {protocol.Description}."))
            + " The last epoch's weights are scored.";
    }

    private static ChartSection LossChart(IReadOnlyList<SemPLeSOutcome> outcomes, int place)
    {
        var first = Trainings(outcomes[0])[place];
        return new ChartSection($"Loss of {StageTables.Title(first.Name)}", "epoch", "loss", outcomes.Count > 1
            ? [.. outcomes.Select(outcome => Series(Name(outcome.Phase1), Trainings(outcome)[place], "total"))]
            : [.. first.Epochs[0].Losses.Keys.Select(term => Series(term, first, term))])
        {
            Text = "Means over the steps of each epoch.",
        };
    }

    private static ChartSeries Series(string name, TrainingRecord training, string term) =>
        new(name, [.. training.Epochs.Select(epoch => new ChartPoint(epoch.Epoch, epoch.Losses[term]))]);

    private static ChartSection ThresholdChart(IReadOnlyList<SemPLeSOutcome> outcomes)
    {
        var (first, split) = (outcomes[0], outcomes[0].Phase1.Scores[0].Split);
        IReadOnlyList<ChartSeries> series = outcomes.Count > 1 ? [.. outcomes.Select(outcome => Curve(Name(outcome.Phase1), outcome.Generators[^1].Scores[0]))]
            : first.Stages.Count > 0 ? [.. first.Generators.Select(generator => Curve(StageTables.Title(generator.Row), generator.Scores[0]))]
            : [.. first.Phase1.Scores.Select(score => Curve(SeedColumns.Name(score, first.Phase1.Scores), score))];
        return new ChartSection("mIoU by background threshold", "background threshold", "mIoU (%)", series)
        {
            Text = outcomes.Count > 1 ? $"{StageTables.Title(first.Generators[^1].Row)}, {split}." : first.Stages.Count > 0 ? $"On {split}." : string.Empty,
        };
    }

    private static ChartSeries Curve(string name, MeasuredScore score) =>
        new(name, [.. score.Evaluation.Seeds.Curve.Select(point => new ChartPoint(point.Threshold, 100 * point.MeanIou))]);

    private static TableSection EpochTable(TrainingRecord training, string of)
    {
        var terms = training.Epochs[0].Losses.Keys.ToArray();
        return new TableSection(
            $"Epochs of {StageTables.Title(training.Name)}{of}",
            [new TableColumn("epoch"), .. terms.Append("learning rate").Append("seconds").Select(name => new TableColumn(name, IsNumeric: true))],
            [.. training.Epochs.Select(epoch => ResultTables.Epoch(epoch, terms))]);
    }

    private static IEnumerable<TableSection> Settings(Phase1Outcome outcome)
    {
        using var start = outcome.Plan.Start();
        yield return TwoColumns("Settings of phase 1", Texts(outcome.Plan.Settings));
        yield return TwoColumns("Settings of the generator", Texts(start.Settings));
        foreach (var protocol in outcome.Plan.Scores.Select(score => score.Protocol).Distinct())
            yield return TwoColumns($"Settings of protocol {protocol.Name}", Texts(protocol));
    }

    /// <summary>The settings without the list of thresholds, which its rule describes.</summary>
    private static IEnumerable<(string Name, string Value)> Texts(object settings) =>
        SettingsText.Of(settings).Where(item => item.Key != $"{nameof(SeedProtocol.Rule)}.{nameof(ThresholdRule.Levels)}").Select(item => (item.Key, item.Value));

    private static TableSection Machine(MachineRecord machine, double seconds) => TwoColumns("Computed by",
    [
        ("library", machine.Library),
        ("libtorch", machine.Libtorch),
        ("runtime", machine.Runtime),
        ("system", machine.System),
        ("device", machine.Device),
        ("threads", machine.Threads.ToString(CultureInfo.InvariantCulture)),
        ("processors", machine.Processors.ToString(CultureInfo.InvariantCulture)),
        ("seconds of the run", seconds.ToString("0", CultureInfo.InvariantCulture)),
    ]);

    private static TableSection TwoColumns(string heading, IEnumerable<(string Name, string Value)> rows) =>
        new(heading, [new TableColumn("name"), new TableColumn("value")], [.. rows.Select(row => (IReadOnlyList<string>)[row.Name, row.Value])]);
}
