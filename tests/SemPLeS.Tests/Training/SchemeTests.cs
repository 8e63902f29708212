using SemPLeS.Clip;
using SemPLeS.Experiments;
using SemPLeS.Tests.Data;
using SemPLeS.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Training;

public sealed class SchemeTests : IDisposable
{
    private readonly ImageFileFolder _folder = new();
    private readonly SmallStages _small = new();
    private readonly string _phase1;

    public SchemeTests()
    {
        _phase1 = Path.Combine(_folder.Root, "phase-1.safetensors");
        using var generator = SmallStages.Generator();
        generator.Save(_phase1);
    }

    public void Dispose()
    {
        _small.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void The_sequential_scheme_is_a_then_b_under_its_generator_then_c_from_phase_1()
    {
        var stages = Run(Scheme.Sequential, "sequential");
        Assert.Equal([(StageMatching.Name, 1), (StagePrompting.Name, 1), (StageRefinement.Name, 1)], stages.Select(stage => (stage.Name, stage.Round)));

        using var matched = SemPLeS.MaskGenerator.WeakTrGenerator.Load(stages[0].GeneratorPath!);
        using var prompts = SmallStages.Prompts(SmallStages.Prompting.Training.Seed);
        StagePrompting.Prepare(prompts, matched, _small.Clip, SmallStages.Images, SmallStages.Prompting, CPU).Run();
        using var learned = PromptLearner.Load(stages[1].PromptsPath!, SmallStages.Template);
        Assert.Equal(SmallTraining.Weights(prompts), SmallTraining.Weights(learned));

        using var refined = SmallStages.Generator();
        StageRefinement.Prepare(refined, _small.Clip, prompts, SmallStages.Images, SmallStages.Refinement, CPU).Run();
        using var last = SemPLeS.MaskGenerator.WeakTrGenerator.Load(stages[2].GeneratorPath!);
        Assert.Equal(SmallTraining.Weights(refined), SmallTraining.Weights(last));
    }

    [Fact]
    public void Continuing_from_stage_a_changes_c_alone()
    {
        var (restarted, continued) = (Run(Scheme.Sequential, "restarted"), Run(new AlternatingScheme(1, ContinueFromMatching: true), "continued"));

        Assert.Equal(File.ReadAllBytes(restarted[1].PromptsPath!), File.ReadAllBytes(continued[1].PromptsPath!));
        Assert.NotEqual(File.ReadAllBytes(restarted[2].GeneratorPath!), File.ReadAllBytes(continued[2].GeneratorPath!));
    }

    [Fact]
    public void In_further_rounds_b_and_c_go_on_from_their_own_states()
    {
        var (once, twice) = (Run(Scheme.Sequential, "once"), Run(new AlternatingScheme(2), "twice"));
        Assert.Equal(5, twice.Count);
        for (var i = 0; i < 3; i++)
            Assert.Equal(Bytes(once[i]), Bytes(twice[i]));

        using var prompts = PromptLearner.Load(once[1].PromptsPath!, SmallStages.Template);
        using var refined = SemPLeS.MaskGenerator.WeakTrGenerator.Load(once[2].GeneratorPath!);
        var second = SmallStages.Prompting with { Training = SmallStages.Prompting.Training with { Seed = 11 } };
        StagePrompting.Prepare(prompts, refined, _small.Clip, SmallStages.Images, second, CPU).Run();
        using var learned = PromptLearner.Load(twice[3].PromptsPath!, SmallStages.Template);
        Assert.Equal(SmallTraining.Weights(prompts), SmallTraining.Weights(learned));
        Assert.NotEqual(Bytes(twice[2]), Bytes(twice[4]));
    }

    [Fact]
    public void A_joint_scheme_is_one_run_that_ends_with_generator_and_prompts()
    {
        var joint = Assert.Single(Run(Scheme.Joint, "joint"));

        Assert.Equal(StageJoint.Name, joint.Name);
        Assert.True(File.Exists(joint.GeneratorPath) && File.Exists(joint.PromptsPath));
        Assert.Equal(["match background", "match foreground", "prompt image", "prompt text", "refine", "total"], joint.Training.Epochs[0].Losses.Keys.Order());
    }

    [Theory]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(15)]
    public void A_scheme_that_was_cancelled_goes_on_where_it_stopped(int steps)
    {
        var undisturbed = Run(Scheme.Sequential, "undisturbed");
        using var cancellation = new CancellationTokenSource();
        var seen = 0;
        Assert.Throws<OperationCanceledException>(() => Run(Scheme.Sequential, "cancelled", () =>
        {
            if (++seen == steps)
                cancellation.Cancel();
        }, cancellation.Token));
        var left = 3 * SmallStages.Steps;
        var resumed = Run(Scheme.Sequential, "cancelled", () => left--);

        Assert.Equal(steps, left);
        Assert.All(undisturbed.Zip(resumed), pair => Assert.Equal(Bytes(pair.First), Bytes(pair.Second)));
    }

    [Fact]
    public void A_finished_scheme_of_other_settings_in_the_same_folder_is_an_error()
    {
        Run(Scheme.Sequential, "once");
        var other = Settings(Scheme.Sequential) with { Matching = SmallStages.Matching with { MaskEpsilon = .3 } };

        Assert.Contains("MaskEpsilon", Assert.Throws<InvalidDataException>(() => Training(other).Run(Path.Combine(_folder.Root, "once"))).Message);
    }

    [Fact]
    public void A_fresh_run_forgets_the_earlier_one()
    {
        Run(Scheme.Sequential, "once");
        var steps = 0;
        var other = Settings(Scheme.Sequential) with { Matching = SmallStages.Matching with { MaskEpsilon = .3 } };
        Training(other).Run(Path.Combine(_folder.Root, "once"), SmallTraining.Options(null, _ => steps++), fresh: true);

        Assert.Equal(3 * SmallStages.Steps, steps);
    }

    [Fact]
    public void No_round_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new AlternatingScheme(0));

    [Fact]
    public void The_published_settings_are_the_papers()
    {
        var settings = PaperStagePreset.Voc12.Settings(10_582);

        Assert.Equal(6.4e-5, settings.Matching.Training.LearningRate.At(0), 1e-12);
        Assert.Equal((64, 128, 64), (settings.Matching.Training.BatchSize, settings.Prompting.Training.BatchSize, settings.Refinement.Training.BatchSize));
        Assert.Equal([1, 2.4, .05], settings.Refinement.Objectives.Terms.Select(term => term.Weight.At(0)));
        Assert.Equal(24, PaperStagePreset.Coco14.Settings(82_081).Refinement.Training.BatchSize);
        Assert.Throws<ArgumentException>(() => PaperStagePreset.Voc12.Settings(100));
    }

    private SchemeSettings Settings(Scheme scheme) => new()
    {
        Scheme = scheme,
        Matching = SmallStages.Matching,
        Prompting = SmallStages.Prompting,
        Refinement = SmallStages.Refinement,
        PromptLength = 2,
    };

    private SchemeTraining Training(SchemeSettings settings) => new(settings, _phase1, _small.Clip, SmallStages.Template, SmallStages.Images, CPU);

    private IReadOnlyList<SchemeStage> Run(Scheme scheme, string folder, Action? step = null, CancellationToken cancellation = default) =>
        Training(Settings(scheme)).Run(Path.Combine(_folder.Root, folder), SmallTraining.Options(null, _ => step?.Invoke()), cancellation: cancellation);

    private static byte[] Bytes(SchemeStage stage) => File.ReadAllBytes(stage.GeneratorPath ?? stage.PromptsPath!);
}
