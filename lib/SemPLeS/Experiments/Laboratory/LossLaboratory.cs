using SemPLeS.Clip;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Store;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using SemPLeS.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Experiments.Laboratory;

/// <summary>
/// Tries terms of a loss: a stage is trained with the term and without it, from the same weights, over training seeds, and the seeds of its generators are
/// compared. Phase 1 is trained once, for all seeds.
/// </summary>
public sealed class LossLaboratory : IDisposable
{
    private const string Unit = "training seed";

    private const string Split = "train";

    private static readonly AblationColumn[] Columns =
    [
        new("seed mIoU", Split, "seed_miou"),
        new("false act.", Split, "false_activation"),
        new("cos(u_b, u_f)", Split, "cos_label", Decimals: 2),
        new("cos(u_b, v_b)", Split, "cos_background", Decimals: 2),
        new("seconds", Split, AblationColumn.Seconds),
    ];

    private readonly IReadOnlyList<SemPLeSPlan> _plans;
    private readonly ExperimentOptions _options;
    private readonly ClipModel _model;
    private readonly StageClip _clip;
    private readonly string _phase1;
    private readonly IReadOnlyList<LaboratoryTrial> _matched;
    private readonly IReadOnlyList<LaboratoryTrial> _prompted;
    private readonly IReadOnlyList<LaboratoryTrial> _refined;
    private readonly OrderedDictionary<(LaboratoryStage Stage, string Name), IReadOnlyList<LaboratoryTrial>> _tried = [];

    private LossLaboratory(IReadOnlyList<SemPLeSPlan> plans, ExperimentOptions options, CancellationToken cancellation)
    {
        (_plans, _options) = (plans, options);
        _model = plans[0].Clip().to(options.Device);
        _clip = plans[0].Labels(_model, options.Device);
        _phase1 = Path.Combine(options.Folder, "phase-1.safetensors");
        _ = Phase1Experiment.Train(plans[0].Phase1, _phase1, options, cancellation);
        var folders = plans.Select((_, seed) => Path.Combine(options.Folder, $"baseline-{seed}")).ToArray();
        _matched = [.. plans.Select((plan, seed) => Matching(plan, folders[seed], options.Fresh, cancellation))];
        _prompted = [.. plans.Select((plan, seed) => Prompting(plan, seed, folders[seed], options.Fresh, cancellation))];
        _refined = [.. plans.Select((plan, seed) => Refinement(plan, _prompted[seed], folders[seed], options.Fresh, cancellation))];
    }

    /// <summary>Trains what every term starts from and is compared with: phase 1, then stages a, b and c for each training seed. In a folder where that was done it is read.</summary>
    /// <param name="plans">One for each training seed, on the same pictures with the same CLIP.</param>
    /// <param name="options">The folder, the device and who watches.</param>
    /// <param name="cancellation">Ends the work; the same call goes on from there.</param>
    /// <exception cref="ArgumentException">There is no plan, or generator, CLIP, prompts and images do not fit each other.</exception>
    /// <exception cref="OperationCanceledException">The work was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite.</exception>
    /// <exception cref="InvalidDataException">The folder holds trainings of other plans, or a file there is damaged.</exception>
    public static LossLaboratory Open(IReadOnlyList<SemPLeSPlan> plans, ExperimentOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(plans);
        ArgumentNullException.ThrowIfNull(options);
        if (plans.Count == 0)
            throw new ArgumentException("A laboratory needs a plan for at least one training seed.", nameof(plans));
        return new LossLaboratory(plans, options, cancellation);
    }

    /// <summary>Trains a stage with one more term, for each training seed.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="name">The term's name. A second term of this name in this stage takes the place of the first.</param>
    /// <param name="term">Computes the term, unweighted: one number.</param>
    /// <param name="weight">A number, or a schedule over steps.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <returns>The baseline and the stage with the term, paired by training seed.</returns>
    /// <exception cref="ArgumentException">The stage has a term of this name.</exception>
    /// <exception cref="ObjectiveException">The term can't be computed; the laboratory is as it was.</exception>
    /// <exception cref="TrainingDivergedException">A loss or a weight became NaN or infinite; the laboratory is as it was.</exception>
    public AblationResult Try(LaboratoryStage stage, string name, Func<ObjectiveContext, Tensor> term, ObjectiveWeight weight, CancellationToken cancellation = default) =>
        Try(stage, new DelegateObjective(name, term), weight, cancellation);

    /// <inheritdoc cref="Try(LaboratoryStage, string, Func{ObjectiveContext, Tensor}, ObjectiveWeight, CancellationToken)"/>
    public AblationResult Try(LaboratoryStage stage, IObjective term, ObjectiveWeight weight, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(term);
        ArgumentNullException.ThrowIfNull(weight);
        var added = new WeightedObjective(term, weight);
        var key = (stage, term.Name);
        var trials = _plans.Select((plan, seed) => Train(With(plan, stage, added), stage, seed, cancellation)).ToArray();
        _tried.Remove(key);
        _tried[key] = trials;
        return Result(stage, [new(key, trials)]);
    }

    /// <summary>All terms that were tried and are compared with the same baseline, in the order of trying: those of stages b and c together.</summary>
    /// <param name="stage">The stage.</param>
    public AblationResult Tried(LaboratoryStage stage) =>
        Result(stage, [.. _tried.Where(trial => Baseline(trial.Key.Stage) == Baseline(stage))]);

    /// <summary>The generator that a training seed ended with.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="name">The term; null for the baseline.</param>
    /// <param name="seed">The training seed's place.</param>
    /// <returns>A weights file.</returns>
    /// <exception cref="ArgumentException">No such term was tried in this stage.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such seed.</exception>
    public string GeneratorPath(LaboratoryStage stage, string? name = null, int seed = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(seed);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(seed, _plans.Count);
        var trials = name is null ? Baseline(stage) : _tried.TryGetValue((stage, name), out var tried) ? tried : throw new ArgumentException($"No term '{name}' was tried in {Title(stage)}.", nameof(name));
        return trials[seed].WeightsPath;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _clip.Dispose();
        _model.Dispose();
    }

    private static SemPLeSPlan With(SemPLeSPlan plan, LaboratoryStage stage, WeightedObjective term)
    {
        var settings = plan.Settings;
        return plan with
        {
            Settings = stage switch
            {
                LaboratoryStage.Matching => settings with { Matching = Longer(settings.Matching) },
                LaboratoryStage.Prompting => settings with { Prompting = Longer(settings.Prompting) },
                _ => settings with { Refinement = Longer(settings.Refinement) },
            },
        };

        StageSettings Longer(StageSettings old) => old with { Objectives = new ObjectiveSum([.. old.Objectives.Terms, term]) };
    }

    private static string Title(LaboratoryStage stage) => stage switch
    {
        LaboratoryStage.Matching => "stage a",
        LaboratoryStage.Prompting => "stage b",
        _ => "stage c",
    };

    private IReadOnlyList<LaboratoryTrial> Baseline(LaboratoryStage stage) => stage == LaboratoryStage.Matching ? _matched : _refined;

    private LaboratoryTrial Train(SemPLeSPlan plan, LaboratoryStage stage, int seed, CancellationToken cancellation)
    {
        // A term's function has no name that a checkpoint could be known by, so nothing is gone on with.
        var folder = Directory.CreateDirectory(Path.Combine(_options.Folder, $"trial-{Path.GetRandomFileName()}")).FullName;
        return stage switch
        {
            LaboratoryStage.Matching => Matching(plan, folder, fresh: true, cancellation),
            LaboratoryStage.Prompting => Refinement(plan, Prompting(plan, seed, folder, fresh: true, cancellation), folder, fresh: true, cancellation),
            _ => Refinement(plan, _prompted[seed], folder, fresh: true, cancellation),
        };
    }

    private LaboratoryTrial Matching(SemPLeSPlan plan, string folder, bool fresh, CancellationToken cancellation) =>
        Scored(plan, Stages(plan).Matching(_phase1, Output(folder, fresh, cancellation)), null, cancellation);

    private LaboratoryTrial Prompting(SemPLeSPlan plan, int seed, string folder, bool fresh, CancellationToken cancellation)
    {
        var matched = _matched[seed];
        var stage = Stages(plan).Prompting(matched.WeightsPath, null, 1, Output(folder, fresh, cancellation));
        var start = _options.Time.GetTimestamp();
        var cosines = Stages(plan).Cosines(stage.PromptsPath!, matched.WeightsPath);
        return Trial(stage.PromptsPath!, stage, start, ScoreMetrics.Of(cosines), matched);
    }

    private LaboratoryTrial Refinement(SemPLeSPlan plan, LaboratoryTrial prompts, string folder, bool fresh, CancellationToken cancellation) =>
        Scored(plan, Stages(plan).Refinement(_phase1, prompts.WeightsPath, 1, Output(folder, fresh, cancellation)), prompts, cancellation);

    private LaboratoryTrial Scored(SemPLeSPlan plan, SchemeStage stage, LaboratoryTrial? before, CancellationToken cancellation)
    {
        var start = _options.Time.GetTimestamp();
        using var generator = WeakTrGenerator.Load(stage.GeneratorPath!).to(_options.Device);
        var score = Phase1Experiment.Score(generator, plan.Phase1.Scores.First(planned => planned.Split == Split), _options, cancellation);
        return Trial(stage.GeneratorPath!, stage, start, ScoreMetrics.Of([score]), before);
    }

    private LaboratoryTrial Trial(string path, SchemeStage stage, long scoringStart, IReadOnlyList<RunMetric> metrics, LaboratoryTrial? before) =>
        new(path, metrics, stage.Training.Seconds, stage.Training.Seconds + _options.Time.GetElapsedTime(scoringStart).TotalSeconds, before);

    private SchemeStages Stages(SemPLeSPlan plan) => new(plan.Settings, _clip, plan.Template, plan.Images, _options.Device);

    private StageOutput Output(string folder, bool fresh, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        return new StageOutput(folder, new TrainingOptions { Progress = _options.Training, Time = _options.Time, MicroBatch = _options.MicroBatch }, fresh, cancellation);
    }

    private AblationResult Result(LaboratoryStage stage, IReadOnlyList<KeyValuePair<(LaboratoryStage Stage, string Name), IReadOnlyList<LaboratoryTrial>>> tried)
    {
        var baseline = Baseline(stage);
        (string Name, IReadOnlyList<LaboratoryTrial> Trials)[] rows =
        [
            (stage == LaboratoryStage.Matching ? "stage a" : "stages b and c", baseline),
            .. tried.Select(trial => ($"+ {trial.Key.Name} ({Title(trial.Key.Stage)})", trial.Value)),
        ];
        var table = new AblationTable("laboratory", "Loss laboratory", string.Empty, Columns, [.. rows.Select(row => new AblationRow(row.Name, null, (_, _, _) => []))])
        {
            Claims = [.. Enumerable.Range(1, rows.Length - 1).Select(row => new AblationClaim(row, 0))],
        };
        var seeds = Enumerable.Range(0, _plans.Count).ToArray();
        var (results, verdicts) = Ablation.Summarise(
            table, [.. rows.Select(row => row.Trials.Select((trial, seed) => new AblationCell(seed, 0, [.. Columns.Select(trial.Value)])).ToArray())], seeds, Unit);
        var machine = MachineRecord.Of(get_num_threads(), _options.Device);
        var phase1 = _plans[0].Phase1;
        var trials = rows.SelectMany(row => row.Trials).SelectMany(trial => trial.Chain).Distinct().ToArray();
        return new AblationResult(table)
        {
            Preset = phase1.Preset,
            Worlds = seeds,
            Unit = Unit,
            Seeds = [0],
            Rows = results,
            Verdicts = verdicts,
            Split = Split,
            EpochRule = "last",
            ThresholdRule = phase1.Scores[0].Protocol.Rule.Description,
            Hardware = [Ablation.Hardware(machine)],
            Versions = [machine.Library],
            Runs = trials.Length,
            DeviceHours = trials.Sum(trial => trial.WallSeconds) / 3600,
        };
    }
}
