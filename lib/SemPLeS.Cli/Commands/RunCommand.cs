using System.CommandLine;
using System.Globalization;
using SemPLeS.Cli.Display;
using SemPLeS.Cli.Reports;
using SemPLeS.Experiments;
using SemPLeS.Notebooks;

namespace SemPLeS.Cli.Commands;

/// <summary>The whole way, from pictures to scores and a page about them.</summary>
internal sealed class RunCommand : SemplesCommand
{
    private readonly PlanOptions _plan;
    private readonly Option<int?> _seeds = new("--seeds") { Description = "Run the miniature worlds 0 .. N-1, and give mean and standard deviation.", HelpName = "N" };
    private readonly Option<string> _output = new("--output")
    {
        Description = "Folder for index.html (the report), results.json (the numbers), run.json (what ran), weights and checkpoints.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Path.Combine("artifacts", "report"),
    };

    private readonly Option<bool> _fresh = CommonOptions.Fresh();
    private readonly HardwareOptions _hardware;

    public RunCommand(Terminal terminal)
        : base("run", "Trains the method, scores the seeds of each stage, masks and segmentation, and writes a report: without options on miniature world 0, in a few minutes; on photographs phase 1 alone.", terminal)
    {
        _plan = new PlanOptions(this);
        _seeds.Validators.Add(Checks.AtLeast(1));
        Add(_seeds);
        Add(_output);
        Add(_fresh);
        _hardware = new HardwareOptions(this);
        Validators.Add(result =>
        {
            if (result.GetResult(_seeds) is not null && !_plan.IsMiniWithoutWorld(result))
                result.AddError("--seeds runs miniature worlds from 0: it goes neither with --world nor with --voc.");
        });
    }

    /// <inheritdoc/>
    public override string AfterStop => CommonOptions.AfterStop;

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var (started, start) = (Terminal.Time.GetUtcNow(), Terminal.Time.GetTimestamp());
        var hardware = _hardware.Use(parsed, trainsMiniature: !_plan.ArePhotographs(parsed));
        var output = Path.GetFullPath(parsed.GetRequiredValue(_output));
        var results = Path.Combine(output, "results.json");
        OutputFolder.RequireWritable(output);
        if (File.Exists(results))
            _ = ResultFile.Read(results);

        var (plans, outcomes) = (new List<RunPlan>(), new List<SemPLeSOutcome>());
        foreach (var plan in Plans(parsed, output))
        {
            plans.Add(plan);
            var outcome = Experiment(plan, parsed, hardware, output);
            ResultFile.Update(results, outcome.Records());
            if (plan.Stages is null)
                Tables.Epochs(Terminal, outcome.Phase1.Training);
            if (ResultTables.Splits(outcome) is [var split, ..])
            {
                var on = split is null ? string.Empty : $", {split}";
                Tables.Write(Terminal, ResultTables.PerClass($"Seeds of {plan.Phase1.Preset} {plan.Phase1.World}, training seed {plan.Phase1.Seed}{on}: IoU in percent", [outcome], split));
            }

            outcomes.Add(outcome);
        }

        var records = Stored(results, outcomes);
        var seconds = Terminal.Time.GetElapsedTime(start).TotalSeconds;
        foreach (var table in ResultTables.Results(records))
            Tables.Write(Terminal, table);
        IReadOnlyList<TableSection> stored = plans[0].Stages is null ? [] : StoredTables.Read(StoreOptions.Open(StoreOptions.DefaultFolder, Terminal));
        foreach (var table in stored)
            Tables.Write(Terminal, table);
        var machine = MachineRecord.Of(hardware.Threads, hardware.Device);
        var pictures = RunPictures.Draw(outcomes[0], plans[0].Stages, hardware.Device);
        var page = ReportPage.Write(output, RunReport.Build(outcomes, plans[0].Stages, records, machine, seconds, pictures, stored));
        new RunRecord<SemPLeSRecord>(
            CommonOptions.CommandLine(parsed),
            machine,
            started,
            seconds,
            [.. outcomes.Zip(plans, (outcome, plan) => SemPLeSRecord.Of(outcome, plan.Stages, output))])
            .Write(Path.Combine(output, "run.json"));
        Terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s. Report: {page}"));
    }

    /// <summary>Phase 1, and the whole method where there is a CLIP for it.</summary>
    private sealed record RunPlan(Phase1Plan Phase1, SemPLeSPlan? Stages = null, int World = 0);

    private IEnumerable<RunPlan> Plans(ParseResult parsed, string output)
    {
        if (_plan.ArePhotographs(parsed))
            return [new RunPlan(_plan.Photographs(parsed, Terminal, output))];
        int[] worlds = parsed.GetValue(_seeds) is { } count ? [.. Enumerable.Range(0, count)] : [_plan.World(parsed)];
        // What is missing for the last world is said before the first is trained.
        foreach (var world in worlds)
            _ = (MiniPreset.PretrainedPath(world), MiniClipPreset.WeightsPath(world));
        return worlds.Select(world => (World: world, Plan: _plan.MiniStages(parsed, world))).Select(item => new RunPlan(item.Plan.Phase1, item.Plan, item.World));
    }

    private SemPLeSOutcome Experiment(RunPlan plan, ParseResult parsed, Hardware hardware, string output)
    {
        var name = $"{plan.Phase1.Preset} {plan.Phase1.World}";
        var options = new ExperimentOptions
        {
            Folder = Path.Combine(output, $"{plan.Phase1.Preset}-{plan.Phase1.World}-seed{plan.Phase1.Seed}"),
            Device = hardware.Device,
            Workers = hardware.Workers,
            Fresh = parsed.GetValue(_fresh),
            Time = Terminal.Time,
        };
        SemPLeSOutcome? outcome = null;
        ProgressDisplay.Show(Terminal, display =>
        {
            var watched = options with { Training = display, Scoring = display.Report, Labelling = display.Report };
            outcome = plan.Stages is { } stages
                ? MiniSegmentation.AddTo(SemPLeSExperiment.Run(stages, watched, Terminal.Cancellation), plan.World, watched, cancellation: Terminal.Cancellation)
                : new SemPLeSOutcome(Phase1Experiment.Run(plan.Phase1, watched, Terminal.Cancellation), [], []);
        });
        var trainings = outcome!.Stages.Select(stage => stage.Training).Prepend(outcome.Phase1.Training).Concat(outcome.Segmentation.Select(segmentation => segmentation.Retraining.Training));
        foreach (var training in trainings.Where(training => training.ResumedFrom > 0))
        {
            Terminal.Error.WriteLine(training.ResumedFrom == training.Steps
                ? $"{name}, {training.Name} was trained before; --fresh trains it anew."
                : $"{name}, {training.Name}: went on from step {training.ResumedFrom} of {training.Steps}.");
        }

        return outcome;
    }

    /// <summary>What results.json holds of these experiments.</summary>
    private static IReadOnlyList<ResultRecord> Stored(string path, List<SemPLeSOutcome> outcomes)
    {
        var rows = outcomes.SelectMany(outcome => outcome.Records()).Select(record => record with { Value = 0 }).ToHashSet();
        return [.. ResultFile.Read(path).Where(record => rows.Contains(record with { Value = 0 }))];
    }
}
