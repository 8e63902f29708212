using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using SemPLeS.Tests.Experiments;
using SemPLeS.Tests.Weights;
using SemPLeS.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Training;

/// <summary>Batches of 4 that go through the networks in parts; pictures have one or two classes, so that pairs and images weigh differently.</summary>
public sealed class MicroBatchTests : IDisposable
{
    private readonly SmallStages _small = new();

    public static TheoryData<string> Names => [StageMatching.Name, StagePrompting.Name, StageRefinement.Name, StageJoint.Name, SmallStages.ClimsName];

    public void Dispose() => _small.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Phase_1_in_parts_ends_with_the_weights_of_the_whole_batch_stochastic_depth_included(int microBatch)
    {
        using var whole = Trained(null, out var expected);
        using var parts = Trained(microBatch, out var actual);

        AssertClose([whole], [parts]);
        Assert.Equal(expected.Epochs[^1].Losses["total"], actual.Epochs[^1].Losses["total"], 5);

        static WeakTrGenerator Trained(int? microBatch, out TrainingRecord record)
        {
            var generator = SmallTraining.Generator();
            record = SmallTraining.Trainer(generator, SmallTraining.Settings with { Optimizer = new SgdSettings() }).Run(new TrainingOptions { MicroBatch = microBatch });
            return generator;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stage_in_parts_ends_with_the_weights_of_the_whole_batch(string name)
    {
        var (whole, parts) = (_small.Prepare(name, optimizer: new SgdSettings()), _small.Prepare(name, optimizer: new SgdSettings()));
        var expected = whole.Stage.Run();
        var actual = parts.Stage.Run(new TrainingOptions { MicroBatch = 3 });

        AssertClose(whole.Trained, parts.Trained);
        foreach (var (term, value) in expected.Epochs[^1].Losses)
            Assert.Equal(value, actual.Epochs[^1].Losses[term], 5);
    }

    [Fact]
    public void The_whole_method_takes_its_batches_in_parts_in_every_stage()
    {
        using var folder = new TemporaryFolder();
        var parts = new List<long>();
        var counting = new WeightedObjective(new DelegateObjective("pictures", context =>
        {
            parts.Add(context.Labels.shape[0]);
            return context.PairPromptFeatures.mean();
        }), 0);
        var plan = SmallPlan.Of();
        plan = plan with { Settings = plan.Settings with { Prompting = Counted(plan.Settings.Prompting), Refinement = Counted(plan.Settings.Refinement) } };

        _ = SemPLeSExperiment.Run(plan, new ExperimentOptions { Folder = folder.File("run"), MicroBatch = 3 });

        Assert.Equal([.. Enumerable.Repeat(new long[] { 3, 1 }, 2 * SmallStages.Steps).SelectMany(step => step)], parts);

        StageSettings Counted(StageSettings stage) => stage with { Objectives = new ObjectiveSum([.. stage.Objectives.Terms, counting]) };
    }

    [Fact]
    public void Parts_as_large_as_the_batch_are_the_batch_bit_for_bit()
    {
        using var whole = SmallTraining.Generator();
        using var parts = SmallTraining.Generator();
        SmallTraining.Trainer(whole).Run();
        SmallTraining.Trainer(parts).Run(new TrainingOptions { MicroBatch = 99 });

        Assert.Equal(SmallTraining.Weights(whole), SmallTraining.Weights(parts));
    }

    [Fact]
    public void A_loss_of_the_batch_as_a_whole_is_not_split()
    {
        using var generator = SmallTraining.Generator();
        var trainer = new Trainer(
            "whole", generator, generator.LearnedParameters(GeneratorForm.Phase1), SmallTraining.Images, SmallTraining.Settings, CPU, _ => throw new InvalidOperationException("No step is made."));

        Assert.Contains("batch as a whole", Assert.Throws<InvalidOperationException>(() => trainer.Run(new TrainingOptions { MicroBatch = 2 })).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { MicroBatch = 0 });
    }

    /// <summary>The optimiser is not Adam, which divides a gradient by its own size and so makes rounding of gradients that are almost none as large as any.</summary>
    private static void AssertClose(IReadOnlyList<nn.Module> expected, IReadOnlyList<nn.Module> actual)
    {
        using var scope = NewDisposeScope();
        foreach (var (one, other) in expected.Zip(actual))
        {
            var values = other.state_dict();
            foreach (var (name, value) in one.state_dict())
                Assert.True((value - values[name]).abs().max().item<float>() < 1e-5, name);
        }
    }
}
