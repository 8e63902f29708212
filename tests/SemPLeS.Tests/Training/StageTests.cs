using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using SemPLeS.Tests.Data;
using SemPLeS.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Training;

public sealed class StageTests : IDisposable
{
    private readonly ImageFileFolder _folder = new();
    private readonly SmallStages _small = new();

    public static TheoryData<string> Names => [StageMatching.Name, StagePrompting.Name, StageRefinement.Name, StageJoint.Name];

    private string CheckpointPath => Path.Combine(_folder.Root, "stage.safetensors");

    public void Dispose()
    {
        _small.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_cancelled_stage_goes_on_as_if_nothing_had_happened(string name)
    {
        var undisturbed = Path.Combine(_folder.Root, "undisturbed.safetensors");
        _small.Prepare(name).Stage.Run(SmallTraining.Options(undisturbed));
        using var cancellation = new CancellationTokenSource();
        var options = SmallTraining.Options(CheckpointPath, progress =>
        {
            if (progress.Step == 3)
                cancellation.Cancel();
        });
        Assert.Throws<OperationCanceledException>(() => _small.Prepare(name).Stage.Run(options, cancellation.Token));
        var record = _small.Prepare(name).Stage.Run(SmallTraining.Options(CheckpointPath));

        Assert.Equal((name, SmallStages.Steps, 3), (record.Name, record.Steps, record.ResumedFrom));
        Assert.Equal(File.ReadAllBytes(undisturbed), File.ReadAllBytes(CheckpointPath));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stage_lowers_its_loss_and_is_repeated_bit_for_bit(string name)
    {
        var (first, second) = (_small.Prepare(name), _small.Prepare(name));
        var before = first.Trained.Select(SmallTraining.Weights).ToList();
        var record = first.Stage.Run();
        second.Stage.Run();

        Assert.True(record.Epochs[^1].Losses["total"] < record.Epochs[0].Losses["total"], string.Join('\n', record.Epochs));
        Assert.All(first.Trained.Zip(second.Trained), pair => Assert.Equal(SmallTraining.Weights(pair.First), SmallTraining.Weights(pair.Second)));
        Assert.All(first.Trained.Zip(before), pair => Assert.NotEqual(pair.Second, SmallTraining.Weights(pair.First)));
    }

    [Fact]
    public void Stage_c_with_lambda_0_is_stage_a_bit_for_bit()
    {
        using var matched = SmallStages.Generator();
        using var refined = SmallStages.Generator();
        using var prompts = SmallStages.Prompts();
        StageMatching.Prepare(matched, _small.Clip, SmallStages.Images, SmallStages.Matching, CPU).Run();
        var settings = SmallStages.Settings(ObjectiveSum.Refinement(2.4, 0));
        var record = StageRefinement.Prepare(refined, _small.Clip, prompts, SmallStages.Images, settings, CPU).Run();

        Assert.Equal(SmallTraining.Weights(matched), SmallTraining.Weights(refined));
        Assert.True(record.Epochs[0].Losses["refine"] > 0);
    }

    [Fact]
    public void In_a_joint_stage_the_prompts_loss_does_not_move_the_generator()
    {
        using var refined = SmallStages.Generator();
        using var joint = SmallStages.Generator();
        using var prompts = SmallStages.Prompts();
        StageRefinement.Prepare(refined, _small.Clip, prompts, SmallStages.Images, SmallStages.Refinement, CPU).Run();
        var still = SmallStages.Settings(ObjectiveSum.Prompting(.02), rate: 0);
        StageJoint.Prepare(joint, prompts, _small.Clip, SmallStages.Images, SmallStages.Refinement, still, CPU).Run();

        Assert.Equal(SmallTraining.Weights(refined), SmallTraining.Weights(joint));
    }

    [Fact]
    public void In_a_joint_stage_the_generators_loss_does_not_move_the_prompts()
    {
        using var generator = SmallStages.Generator();
        using var alone = SmallStages.Prompts();
        using var joint = SmallStages.Prompts();
        var prompting = SmallStages.Settings(ObjectiveSum.Prompting(.02));
        StagePrompting.Prepare(alone, generator, _small.Clip, SmallStages.Images, prompting, CPU).Run();
        var still = SmallStages.Settings(ObjectiveSum.Refinement(2.4, .5), rate: 0);
        StageJoint.Prepare(generator, joint, _small.Clip, SmallStages.Images, still, prompting, CPU).Run();

        AssertNear(alone.Prompts, joint.Prompts);
    }

    [Fact]
    public void Without_augmentation_the_fixed_generator_is_asked_once()
    {
        using var generator = SmallStages.Generator();
        using var prompts = SmallStages.Prompts();
        using var undisturbed = SmallStages.Prompts();
        StagePrompting.Prepare(undisturbed, generator, _small.Clip, SmallStages.Images, SmallStages.Prompting, CPU).Run();
        using var stage = StagePrompting.Prepare(prompts, generator, _small.Clip, SmallStages.Images, SmallStages.Prompting, CPU);
        stage.Run(SmallTraining.Options(null, _ => Spoil(generator)));

        Assert.Equal(SmallTraining.Weights(undisturbed), SmallTraining.Weights(prompts));
    }

    [Fact]
    public void Background_features_that_are_kept_teach_what_those_of_every_step_teach()
    {
        using var generator = SmallStages.Generator();
        using var kept = SmallStages.Prompts();
        using var renewed = SmallStages.Prompts();
        StagePrompting.Prepare(kept, generator, _small.Clip, SmallStages.Images, SmallStages.Prompting, CPU).Run();
        var settings = SmallStages.Settings(ObjectiveSum.Prompting(.02), new SameAsPlain(16, ChannelStatistics.ImageNet));
        StagePrompting.Prepare(renewed, generator, _small.Clip, SmallStages.Images, settings, CPU).Run();

        AssertNear(renewed.Prompts, kept.Prompts);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_step_leaves_no_tensor_behind(string name)
    {
        var (stage, _) = _small.Prepare(name);
        long after = 0;
        stage.Run(SmallTraining.Options(null, progress =>
        {
            if (progress.Step == 2)
            {
                // What other tests left to the finaliser.
                GC.Collect();
                GC.WaitForPendingFinalizers();
                after = Tensor.TotalCount;
            }
            else if (progress.Step > 2)
            {
                Assert.InRange(Tensor.TotalCount, 0, after);
            }
        }));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Pictures_without_a_class_are_an_error_that_names_them_before_training(string name)
    {
        var message = Assert.Throws<ArgumentException>(() => _small.Prepare(name, new UnlabelledImages())).Message;

        Assert.Contains("square-0-4", message);
    }

    [Fact]
    public void Images_of_another_size_than_CLIPs_are_an_error_that_names_both()
    {
        using var generator = SmallStages.Generator();
        var settings = SmallStages.Settings(ObjectiveSum.Matching(1), new MirrorAugmentation(32, ChannelStatistics.ImageNet));
        var message = Assert.Throws<ArgumentException>(() => StageMatching.Prepare(generator, _small.Clip, SmallStages.Images, settings, CPU)).Message;

        Assert.Contains("32", message);
        Assert.Contains("16", message);
    }

    [Fact]
    public void A_generator_with_other_classes_is_an_error_that_names_both_numbers()
    {
        using var generator = GeneratorStart.Random(SmallStages.Network with { Classes = 4 }, new RandomStream(0));
        var message = Assert.Throws<ArgumentException>(() =>
            StageMatching.Prepare(generator, _small.Clip, SmallStages.Images, SmallStages.Matching, CPU)).Message;

        Assert.Contains("3 classes", message);
        Assert.Contains("4", message);
    }

    [Fact]
    public void Prompts_for_other_classes_or_of_another_width_are_an_error()
    {
        using var generator = SmallStages.Generator();
        using var more = new SemPLeS.Clip.PromptLearner(rand([4, 2, 8]), SmallStages.Template);
        using var wide = new SemPLeS.Clip.PromptLearner(rand([3, 2, 9]), SmallStages.Template);
        foreach (var prompts in new[] { more, wide })
        {
            Assert.Throws<ArgumentException>(() => StagePrompting.Prepare(prompts, generator, _small.Clip, SmallStages.Images, SmallStages.Prompting, CPU));
            Assert.Throws<ArgumentException>(() => StageRefinement.Prepare(generator, _small.Clip, prompts, SmallStages.Images, SmallStages.Refinement, CPU));
        }
    }

    [Fact]
    public void A_checkpoint_of_another_loss_CLIP_or_prompts_is_refused_and_the_difference_named()
    {
        using var other = new SmallStages(clipSeed: 5);
        using var prompts = SmallStages.Prompts();
        using var otherPrompts = SmallStages.Prompts(seed: 5);
        Run(_small, prompts, SmallStages.Refinement);

        Assert.Contains("Objectives.Terms", Refused(_small, prompts, SmallStages.Settings(ObjectiveSum.Refinement(2.4, .7))));
        Assert.Contains("MaskEpsilon: 0.2, not 0.1", Refused(_small, prompts, SmallStages.Refinement with { MaskEpsilon = .2 }));
        Assert.Contains("Clip: ", Refused(other, prompts, SmallStages.Refinement));
        Assert.Contains("Prompts: ", Refused(_small, otherPrompts, SmallStages.Refinement));
    }

    [Fact]
    public void A_loss_that_is_no_number_ends_the_stage_with_its_name_and_step()
    {
        using var generator = SmallStages.Generator();
        Spoil(generator);
        var error = Assert.Throws<TrainingDivergedException>(() =>
            StageMatching.Prepare(generator, _small.Clip, SmallStages.Images, SmallStages.Matching, CPU).Run());

        Assert.Contains("stage-a, step 0", error.Message);
    }

    private void Run(SmallStages small, SemPLeS.Clip.PromptLearner prompts, StageSettings settings)
    {
        using var generator = SmallStages.Generator();
        StageRefinement.Prepare(generator, small.Clip, prompts, SmallStages.Images, settings, CPU).Run(SmallTraining.Options(CheckpointPath));
    }

    private string Refused(SmallStages small, SemPLeS.Clip.PromptLearner prompts, StageSettings settings) =>
        Assert.Throws<InvalidDataException>(() => Run(small, prompts, settings)).Message;

    private static void Spoil(WeakTrGenerator generator)
    {
        using var noGradient = no_grad();
        foreach (var (_, parameter) in generator.LearnedParameters(GeneratorForm.Stage))
            parameter.fill_(double.NaN);
    }

    private static void AssertNear(Tensor expected, Tensor actual)
    {
        using var scope = NewDisposeScope();
        Assert.InRange((expected - actual).norm().item<float>(), 0, 1e-4 * expected.norm().item<float>());
    }

    /// <summary>No augmentation, but one that the stage can't know to be none.</summary>
    private sealed record SameAsPlain(int Size, ChannelStatistics Statistics) : Augmentation(Size, Statistics)
    {
        public override void Apply(RgbImage image, RandomStream random, Span<float> destination) => Statistics.Normalise(image, destination);
    }
}
