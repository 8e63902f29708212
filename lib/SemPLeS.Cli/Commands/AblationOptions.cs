using System.CommandLine;
using System.Globalization;
using SemPLeS.Cli.Display;
using SemPLeS.Cli.Reports;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;
using SemPLeS.Notebooks;
using static TorchSharp.torch;

namespace SemPLeS.Cli.Commands;

/// <summary>The options of commands that make a table over worlds, and what they do with them.</summary>
internal sealed class AblationOptions
{
    private readonly Option<string> _preset = new("--preset") { Description = "mini; mini-smoke: seconds, in which nothing is learned; voc12 or coco14: photographs, on a GPU; voc-tiny: phase 1 of a ViT-Ti on photographs in --data, Table 1 alone.", HelpName = "NAME", DefaultValueFactory = _ => MiniPreset.Name };
    private readonly Option<string?> _data = new("--data") { Description = $"Where pictures and weights of photographs lie; ${PaperData.Variable} by default, or {PaperData.DefaultFolder}. Of voc-tiny: pictures in PASCAL VOC's layout.", HelpName = "FOLDER" };
    private readonly Option<string?> _generator = new("--generator") { Description = "On photographs: a generator after phase 1, such as WeakTr's published one (data-scripts/weaktr.cs), in place of training it.", HelpName = "FILE" };
    private readonly Option<string?> _weights = new("--weights") { Description = "Of voc-tiny: a ViT-Ti/16 trained on ImageNet, as timm publishes it (vit_tiny_patch16_224).", HelpName = "FILE" };
    private readonly Option<bool> _bfloat16 = new("--bfloat16") { Description = "On photographs: CLIP and the generator's trunk in bfloat16 where they don't learn; losses and what learns stay float32. Runs of their own in the store." };
    private readonly Option<int> _worlds = new("--seeds")
    {
        Description = "Miniature worlds 0 .. N-1: a seed there has its own pictures, CLIP and generator. Rows are paired by world. On photographs: training seeds 0 .. N-1, by which rows are paired.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    private readonly Option<int> _seeds = new("--training-seeds") { Description = "Training seeds 0 .. N-1 on each world; their spread is told apart.", HelpName = "N", DefaultValueFactory = _ => 1 };
    private readonly Option<int?> _microBatch = new("--micro-batch") { Description = "Images that go through the networks at once in phase 1 and the stages; gradients add up to the published batch, for smaller GPUs. [default: the whole batch]", HelpName = "N" };
    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "List the runs, which of them are stored, and how long the others are likely to take; compute nothing." };
    private readonly Option<string> _output;
    private readonly Option<bool> _fresh = new("--fresh") { Description = "Compute every run anew, and put it in place of the stored one." };
    private readonly StoreOptions _store;
    private readonly HardwareOptions _hardware;
    private readonly ClusterOptions _cluster;

    public AblationOptions(Command command, string folder)
    {
        _output = new Option<string>("--output")
        {
            Description = "Folder for the tables: NAME.json, .csv, .md and .tex, and index.html with the charts.",
            HelpName = "FOLDER",
            DefaultValueFactory = _ => Path.Combine("artifacts", folder),
        };
        _preset.AcceptOnlyFromAmong([MiniSize.Full.Name, MiniSize.Smoke.Name, .. PaperPreset.Names, PhotographPreset.Name]);
        _worlds.Validators.Add(Checks.AtLeast(1));
        _seeds.Validators.Add(Checks.AtLeast(1));
        _microBatch.Validators.Add(Checks.AtLeast(1));
        foreach (var option in new Option[] { _preset, _data, _weights, _generator, _bfloat16, _worlds, _seeds, _microBatch, _dryRun, _output, _fresh })
            command.Add(option);
        _store = new StoreOptions(command);
        _hardware = new HardwareOptions(command);
        _cluster = new ClusterOptions(command);
    }

    /// <summary>The preset.</summary>
    /// <exception cref="ArgumentException">A generator or a precision is given, and the preset is none of photographs.</exception>
    public AblationPreset Preset(ParseResult parsed)
    {
        var (name, data) = (parsed.GetRequiredValue(_preset), parsed.GetValue(_data));
        var (generator, lower) = (parsed.GetValue(_generator), parsed.GetValue(_bfloat16));
        if (name == PhotographPreset.Name != parsed.GetValue(_weights) is not null)
            throw new ArgumentException($"{_weights.Name} FILE goes with --preset {PhotographPreset.Name}, and that with it.");
        if (!PaperPreset.Names.Contains(name))
        {
            if (name == PhotographPreset.Name && generator is null && !lower)
                return AblationPreset.Photographs(data ?? throw new ArgumentException($"--preset {name} needs {_data.Name} FOLDER: photographs in PASCAL VOC's layout."), parsed.GetRequiredValue(_weights)!);
            return generator is null && !lower ? AblationPreset.Named(name)
                : throw new ArgumentException($"{(lower ? _bfloat16.Name : _generator.Name)} goes with --preset {string.Join(" or ", PaperPreset.Names)}, not {name}.");
        }

        var preset = PaperPreset.Named(name) with { Frozen = lower ? ScalarType.BFloat16 : ScalarType.Float32 };
        return AblationPreset.Of(PaperData.In(data, preset) with { Phase1Path = generator is null ? null : Path.GetFullPath(generator) });
    }

    /// <summary>Computes what the store lacks, prints the tables and writes them; or prints the plan, or leaves the runs to a cluster.</summary>
    public void Run(ParseResult parsed, Terminal terminal, AblationPreset preset, IReadOnlyList<AblationTable> tables)
    {
        var (worlds, seeds, fresh, isDryRun) = (parsed.GetValue(_worlds), parsed.GetValue(_seeds), parsed.GetValue(_fresh), parsed.GetValue(_dryRun));
        var (store, output) = (_store.Open(parsed, terminal), Path.GetFullPath(parsed.GetRequiredValue(_output)));
        var runs = tables.SelectMany(table => table.Runs(preset, worlds, seeds)).ToArray();
        var options = new ExperimentOptions { Folder = store.Folder, MicroBatch = parsed.GetValue(_microBatch), Time = terminal.Time };
        if (isDryRun || _cluster.Submits(parsed))
        {
            var plan = new RunQueue(store, options).Plan(runs, fresh);
            if (!_cluster.Submits(parsed))
                PrintPlan(terminal, plan, options.MicroBatch);
            else if (fresh)
                throw new ArgumentException($"{_fresh.Name} does not go with jobs of a cluster: a new --store does the same.");
            else
                _cluster.Submit(parsed, terminal, preset, store, plan, options.MicroBatch, _hardware.IsDeviceGiven(parsed), _dryRun);
            return;
        }

        var key = _cluster.Run(parsed);
        if (key is null && !fresh && !_cluster.IsHere(parsed) && ClusterOptions.Tell(terminal, new RunQueue(store, options), runs))
        {
            Print(terminal, [.. tables.Select(table => WithStoredRows(table, preset, worlds, seeds, new RunQueue(store, options))).OfType<AblationResult>()]);
            return;
        }

        var hardware = _hardware.Use(parsed, trainsMiniature: MiniSize.IsName(preset.Name));
        options = options with { Device = hardware.Device, Workers = hardware.Workers };
        OutputFolder.RequireWritable(output);
        OutputFolder.RequireWritable(store.Folder);
        RunQueue? queue = null;
        ProgressDisplay.Show(terminal, display =>
        {
            queue = new RunQueue(store, options with { Training = display, Scoring = display.Report, Labelling = display.Report }, new Remarks(display));
            _ = key is null ? queue.Run(runs, fresh, terminal.Cancellation) : [queue.RunAlone(Planned(queue, runs, key), terminal.Cancellation)];
        });
        if (key is not null)
        {
            terminal.Output.WriteLine($"Stored: {key}");
            return;
        }

        AblationResult[] results = [.. tables.Select(table => Ablation.Read(table, preset, worlds, queue!, seeds)!)];
        Print(terminal, results);
        foreach (var result in results)
        {
            var table = AblationView.Table(result);
            AblationFile.Write(Path.Combine(output, result.Name + ".json"), result);
            AtomicFile.WriteText(Path.Combine(output, result.Name + ".csv"), TableText.Csv(table));
            AtomicFile.WriteText(Path.Combine(output, result.Name + ".md"), AblationView.Markdown(result));
            AtomicFile.WriteText(Path.Combine(output, result.Name + ".tex"), TableText.Latex(table));
        }

        terminal.Output.WriteLine($"Tables: {ReportPage.Write(output, AblationReport.Build(results))}");
    }

    private static void Print(Terminal terminal, IReadOnlyList<AblationResult> results)
    {
        foreach (var result in results)
            AblationText.Print(terminal, result);
    }

    private static PlannedRun Planned(RunQueue queue, PlannedRun[] runs, string key) => queue.Plan(runs, fresh: true).Select(item => item.Run).FirstOrDefault(run => run.Key == key)
        ?? throw new ArgumentException($"No run of this command has the key {key}: it is of other options, or of another version.");

    /// <summary>The rows whose every run is stored; null where there is none.</summary>
    private static AblationResult? WithStoredRows(AblationTable table, AblationPreset preset, int worlds, int seeds, RunQueue queue)
    {
        string[] names = [.. table.Rows.Select(row => row.Name).Where(name => Ablation.Read(table.Only(name), preset, worlds, queue, seeds) is not null)];
        return names.Length == 0 ? null : Ablation.Read(table.Only(names), preset, worlds, queue, seeds);
    }

    private static void PrintPlan(Terminal terminal, IReadOnlyList<QueuedRun> plan, int? atOnce)
    {
        var prices = plan.Where(item => item is { IsOpen: true, Seconds: null }).ToDictionary(item => item, item => item.Run.Price?.Invoke(atOnce)?.Operations);
        Tables.Write(terminal, "Runs", ["run", "state", "seconds", "key"], plan.Select(IReadOnlyList<string> (item) =>
        [
            item.Run.ToString(),
            item.State switch
            {
                RunState.Stored => "stored",
                RunState.Shipped => "stored, came with the library",
                RunState.WeightsOnly => "stored; its weights must be made again",
                _ => "to compute",
            },
            item.Seconds is { } seconds ? seconds.ToString("0", CultureInfo.InvariantCulture) : prices.GetValueOrDefault(item) is { } operations ? Amount(operations) : "not known",
            item.Run.Key[..8],
        ]));
        var open = plan.Where(item => item.IsOpen).ToArray();
        var known = open.Sum(item => item.Seconds ?? 0);
        terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Count} runs, {open.Length} to compute: about {known:0} s from earlier records")
            + (prices.Count > 0 ? $", and {prices.Count} of which there is no record yet: {Amount(prices.Values.Sum() ?? 0)} of matrix products." : "."));
    }

    private static string Amount(double operations) => operations switch
    {
        >= 1e15 => FormattableString.Invariant($"{operations / 1e15:0.0} PFLOP"),
        >= 1e12 => FormattableString.Invariant($"{operations / 1e12:0.0} TFLOP"),
        _ => FormattableString.Invariant($"{operations / 1e9:0.0} GFLOP"),
    };

    /// <summary>A line when a run begins.</summary>
    private sealed class Remarks(ProgressDisplay display) : IProgress<QueueProgress>
    {
        private QueueProgress? _last;

        public void Report(QueueProgress value)
        {
            if (value.Run is null || (value.IsWaiting && _last is { IsWaiting: true }))
                return;
            _last = value;
            var left = value.Remaining is { } remaining ? string.Create(CultureInfo.InvariantCulture, $", about {remaining.TotalSeconds:0} s left") : string.Empty;
            display.Remark(value.IsWaiting
                ? $"waiting for {value.Run}, which another process computes"
                : $"run {value.Done + 1}/{value.Total}{left}: {value.Run}");
        }
    }
}
