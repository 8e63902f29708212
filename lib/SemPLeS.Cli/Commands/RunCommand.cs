using System.CommandLine;
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
        : base("run", "Trains phase 1, scores its seeds and writes a report: without options on miniature world 0, in half a minute or so.", terminal)
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

        var outcomes = new List<Phase1Outcome>();
        foreach (var plan in Plans(parsed, output))
        {
            var outcome = Experiment(plan, parsed, hardware, output);
            ResultFile.Update(results, outcome.Records());
            Tables.Epochs(Terminal, outcome.Training);
            if (outcome.Scores.Count > 0)
                Tables.Write(Terminal, ResultTables.PerClass($"Seeds of {plan.Preset} {plan.World}, training seed {plan.Seed}: IoU in percent", [outcome]));
            outcomes.Add(outcome);
        }

        var records = Stored(results, outcomes);
        Tables.Write(Terminal, ResultTable.OfWorlds(records));
        var machine = MachineRecord.Of(hardware.Threads, hardware.Device);
        var page = ReportPage.Write(output, Phase1Report.Build(outcomes, records, machine, SeedPictures.Draw(outcomes[0], hardware.Device)));
        new RunRecord<Phase1Record>(
            CommonOptions.CommandLine(parsed),
            machine,
            started,
            Terminal.Time.GetElapsedTime(start).TotalSeconds,
            [.. outcomes.Select(outcome => Phase1Record.Of(outcome.Plan, Path.GetRelativePath(output, outcome.WeightsPath), outcome.WeightsPath, outcome.Training, outcome.Scores))])
            .Write(Path.Combine(output, "run.json"));
        Terminal.Output.WriteLine($"Report: {page}");
    }

    private IEnumerable<Phase1Plan> Plans(ParseResult parsed, string output)
    {
        if (_plan.ArePhotographs(parsed))
            return [_plan.Photographs(parsed, Terminal, output)];
        int[] worlds = parsed.GetValue(_seeds) is { } count ? [.. Enumerable.Range(0, count)] : [_plan.World(parsed)];
        // What is missing for the last world is said before the first is trained.
        foreach (var world in worlds)
            _ = MiniPreset.PretrainedPath(world);
        return worlds.Select(world => _plan.Mini(parsed, world));
    }

    private Phase1Outcome Experiment(Phase1Plan plan, ParseResult parsed, Hardware hardware, string output)
    {
        var options = new ExperimentOptions
        {
            Folder = Path.Combine(output, $"{plan.Preset}-{plan.World}-seed{plan.Seed}"),
            Device = hardware.Device,
            Workers = hardware.Workers,
            Fresh = parsed.GetValue(_fresh),
            Time = Terminal.Time,
        };
        Phase1Outcome? outcome = null;
        ProgressDisplay.Show(Terminal, display => outcome = Phase1Experiment.Run(plan, options with { Training = display, Scoring = display.Report }, Terminal.Cancellation));
        var (steps, resumed) = (outcome!.Training.Steps, outcome.Training.ResumedFrom);
        if (resumed > 0)
            Terminal.Error.WriteLine(resumed == steps ? $"{plan.Preset} {plan.World} was trained before; --fresh trains it anew." : $"{plan.Preset} {plan.World}: went on from step {resumed} of {steps}.");
        return outcome;
    }

    /// <summary>What results.json holds of these experiments.</summary>
    private static IReadOnlyList<ResultRecord> Stored(string path, List<Phase1Outcome> outcomes)
    {
        var plans = outcomes.Select(outcome => (outcome.Plan.Preset, outcome.Plan.World, outcome.Plan.Seed)).ToHashSet();
        return [.. ResultFile.Read(path).Where(record => record.Row == Phase1Outcome.Row && plans.Contains((record.Preset, record.World, record.Seed)))];
    }
}
