using SemPLeS.Clip;
using SemPLeS.Experiments.Prices;
using SemPLeS.Experiments.Store;
using SemPLeS.MaskGenerator;
using SemPLeS.Training;
using TorchSharp;

namespace SemPLeS.Experiments.Ablations;

/// <summary>The trainings of the method as runs of a store: what two tables share, such as phase 1 and stage a, is one run.</summary>
public sealed class SchemeRuns
{
    private const string Generator = "generator";
    private const string Prompts = "prompts";

    // Rounds share what they start from: without this, a scheme of n rounds would describe 3^n runs.
    private readonly Dictionary<string, PlannedRun> _runs = [];

    /// <summary>The preset's name in records.</summary>
    public required string Preset { get; init; }

    /// <summary>What the pictures are: a world's number, or a folder's name.</summary>
    public required string World { get; init; }

    /// <summary>The training's own seed.</summary>
    public required int Seed { get; init; }

    /// <summary>How the background threshold of seeds is chosen.</summary>
    public required string ThresholdRule { get; init; }

    /// <summary>The mask generator.</summary>
    public required GeneratorSettings Network { get; init; }

    /// <summary>Reads the shape of the CLIP.</summary>
    public required Func<ClipSettings> Clip { get; init; }

    /// <summary>Network, schedule and storage of phase 1, as texts.</summary>
    public required IReadOnlyDictionary<string, string> Phase1Configuration { get; init; }

    /// <summary>Hashes of what phase 1 learns from, starts from and is scored on.</summary>
    public required IReadOnlyDictionary<string, string> Phase1Data { get; init; }

    /// <summary>Hashes of what the stages learn from, of CLIP and texts, and of what they are scored on.</summary>
    public required IReadOnlyDictionary<string, string> StageData { get; init; }

    /// <summary>The stages.</summary>
    public required SchemeSettings Settings { get; init; }

    /// <summary>Makes the plan with pictures and networks, when a run is computed. Its settings are not read.</summary>
    public required Func<SemPLeSPlan> Plan { get; init; }

    /// <summary>A plan of the same sizes that is sooner at hand, for prices; null: <see cref="Plan"/>.</summary>
    public Func<SemPLeSPlan>? PricedPlan { get; init; }

    /// <summary>Phase 1.</summary>
    public PlannedRun Phase1 => Once(SemPLeS.Training.Phase1.Name, stage => Run(stage, Phase1Configuration, Phase1Data, [], [Generator], ThresholdRule, context =>
    {
        var outcome = Phase1Experiment.Run(Plan().Phase1, context.Options, context.Cancellation);
        return new RunProduct(new Dictionary<string, string> { [Generator] = outcome.WeightsPath }, ScoreMetrics.Of(outcome.Scores), outcome.Training);
    }, atOnce => Prices.Phase1(atOnce), Network.LearnedParameters));

    /// <summary>Stage a.</summary>
    public PlannedRun Matching => Once(StageMatching.Name, stage => Scored(
        stage,
        Texts((nameof(Settings.Matching), Settings.Matching)),
        [(Generator, Phase1)],
        [Generator],
        (stages, context) => stages.Matching(context.Weights(Generator, Generator), Output(context)),
        atOnce => Prices.Matching(atOnce)));

    /// <summary>The generator that the scheme ends with.</summary>
    public PlannedRun Last => Settings.Scheme is AlternatingScheme alternating ? Refinement(alternating.Rounds) : Joint;

    /// <summary>What the scheme's last prompts were measured by: stage b, or the joint run.</summary>
    public PlannedRun LastPrompts => Settings.Scheme is AlternatingScheme alternating ? Prompting(alternating.Rounds) : Joint;

    /// <summary>The joint scheme's one run.</summary>
    public PlannedRun Joint => Once(StageJoint.Name, stage => Scored(
        stage,
        Texts((nameof(Settings.Refinement), Settings.Refinement), (nameof(Settings.Prompting), Settings.Prompting), (nameof(Settings.PromptLength), Settings.PromptLength)),
        [(Generator, Phase1)],
        [Generator, Prompts],
        (stages, context) => stages.Joint(context.Weights(Generator, Generator), Output(context)),
        atOnce => Prices.Joint(atOnce),
        PromptParameters));

    /// <summary>Stage b.</summary>
    /// <param name="round">Counted from 1.</param>
    public PlannedRun Prompting(int round) => Once(SchemeStage.FileNameOf(StagePrompting.Name, round), name =>
    {
        (string, PlannedRun)[] starts = round == 1 ? [(Generator, Matching)] : [(Generator, Refinement(round - 1)), (Prompts, Prompting(round - 1))];
        return Run(
            name,
            Texts((nameof(Settings.Prompting), Settings.Prompting), (nameof(Settings.PromptLength), Settings.PromptLength), ("Round", round)),
            StageData,
            starts,
            [Prompts],
            string.Empty,
            context => WithStages(context, (stages, _) =>
            {
                var generator = context.Weights(Generator, Generator);
                var stage = stages.Prompting(generator, round == 1 ? null : context.Weights(Prompts, Prompts), round, Output(context));
                return new RunProduct(
                    new Dictionary<string, string> { [Prompts] = stage.PromptsPath! }, ScoreMetrics.Of(stages.Cosines(stage.PromptsPath!, generator)), stage.Training);
            }),
            atOnce => Prices.Prompting(atOnce),
            round == 1 ? PromptParameters : null);
    });

    /// <summary>Stage c.</summary>
    /// <param name="round">Counted from 1.</param>
    public PlannedRun Refinement(int round) => Once(SchemeStage.FileNameOf(StageRefinement.Name, round), name =>
    {
        var continues = Settings.Scheme is AlternatingScheme { ContinueFromMatching: true };
        var start = round > 1 ? Refinement(round - 1) : continues ? Matching : Phase1;
        return Scored(
            name,
            Texts((nameof(Settings.Refinement), Settings.Refinement), ("Round", round)),
            [(Generator, start), (Prompts, Prompting(round))],
            [Generator],
            (stages, context) => stages.Refinement(context.Weights(Generator, Generator), context.Weights(Prompts, Prompts), round, Output(context)),
            atOnce => Prices.Refinement(atOnce));
    });

    private SchemePrices Prices => new(Network, Clip(), Settings, (PricedPlan ?? Plan)());

    private long PromptParameters() => (long)Network.Classes * Settings.PromptLength * Clip().TextWidth;

    private PlannedRun Once(string stage, Func<string, PlannedRun> make)
    {
        if (!_runs.TryGetValue(stage, out var run))
            _runs[stage] = run = make(stage);
        return run;
    }

    private PlannedRun Scored(
        string stage,
        IReadOnlyDictionary<string, string> configuration,
        (string Role, PlannedRun Run)[] starts,
        string[] roles,
        Func<SchemeStages, RunContext, SchemeStage> train,
        Func<int?, RunPrice> price,
        Func<long>? parameters = null) => Run(stage, configuration, StageData, starts, roles, ThresholdRule, context => WithStages(context, (stages, plan) =>
        {
            var trained = train(stages, context);
            using var generator = WeakTrGenerator.Load(trained.GeneratorPath!).to(context.Options.Device);
            var scores = plan.Phase1.Scores.Select(score => Phase1Experiment.Score(generator, score, context.Options, context.Cancellation)).ToArray();
            var weights = new Dictionary<string, string> { [Generator] = trained.GeneratorPath! };
            if (trained.PromptsPath is not { } prompts)
                return new RunProduct(weights, ScoreMetrics.Of(scores), trained.Training);
            weights[Prompts] = prompts;
            return new RunProduct(weights, [.. ScoreMetrics.Of(scores), .. ScoreMetrics.Of(stages.Cosines(prompts, trained.GeneratorPath!))], trained.Training);
        }), price, parameters);

    private PlannedRun Run(
        string stage,
        IReadOnlyDictionary<string, string> configuration,
        IReadOnlyDictionary<string, string> data,
        (string Role, PlannedRun Run)[] starts,
        string[] roles,
        string thresholdRule,
        Func<RunContext, RunProduct> compute,
        Func<int?, RunPrice> price,
        Func<long>? parameters = null) => new()
        {
            Preset = Preset,
            World = World,
            Seed = Seed,
            Stage = stage,
            Configuration = configuration,
            Data = data,
            Starts = starts.ToDictionary(start => start.Role, start => start.Run),
            WeightsRoles = roles,
            ThresholdRule = thresholdRule,
            Compute = compute,
            Price = price,
            Parameters = parameters,
        };

    private RunProduct WithStages(RunContext context, Func<SchemeStages, SemPLeSPlan, RunProduct> compute)
    {
        var plan = Plan();
        using var model = plan.Clip().to(Settings.Frozen).to(context.Options.Device);
        using var clip = plan.Labels(model, context.Options.Device);
        return compute(new SchemeStages(Settings, clip, plan.Template, plan.Images, context.Options.Device), plan);
    }

    private static StageOutput Output(RunContext context) => new(
        context.Options.Folder, new TrainingOptions { Progress = context.Options.Training, Time = context.Options.Time, MicroBatch = context.Options.MicroBatch }, context.Options.Fresh, context.Cancellation);

    private SortedDictionary<string, string> Texts(params (string Name, object Value)[] parts)
    {
        var texts = SettingsText.OfParts([.. parts.Where(part => part.Value is not int)]);
        foreach (var (name, number) in parts.Where(part => part.Value is int))
            texts[name] = FormattableString.Invariant($"{number}");
        texts[nameof(Settings.Stored)] = Settings.Stored.ToString();
        // Runs of before there was a choice were all of float32: their keys stay.
        if (Settings.Frozen != torch.ScalarType.Float32)
            texts[nameof(Settings.Frozen)] = Settings.Frozen.ToString();
        texts[nameof(Settings.StochasticDepth)] = FormattableString.Invariant($"{Settings.StochasticDepth:R}");
        return texts;
    }
}
