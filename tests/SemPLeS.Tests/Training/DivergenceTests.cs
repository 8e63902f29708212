using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using SemPLeS.Tests.Data;
using SemPLeS.Training;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Training;

public sealed class DivergenceTests : IDisposable
{
    private const int LastGood = 2;

    private readonly ImageFileFolder _folder = new();
    private readonly WeakTrGenerator _generator = SmallTraining.Generator();
    private byte[] _good = [];

    private string CheckpointPath => Path.Combine(_folder.Root, "training.safetensors");

    public void Dispose()
    {
        _generator.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_term_that_is_not_finite_stops_the_training_and_is_named(float value)
    {
        var error = Assert.Throws<TrainingDivergedException>(() => Run(
            (step, values) => step == 3 ? values with { Terms = [("poisoned", tensor([value]).sum())] } : values));

        AssertNames(error, 3, "'poisoned'");
        AssertLastGood();
    }

    [Fact]
    public void A_sum_that_is_not_finite_stops_the_training_before_a_weight_changes()
    {
        var before = Array.Empty<byte>();
        var error = Assert.Throws<TrainingDivergedException>(() => Run((step, values) =>
        {
            if (step < 3)
                return values;
            before = SmallTraining.Weights(_generator);
            return values with { Total = values.Total * float.NaN };
        }));

        AssertNames(error, 3, "'total'");
        AssertLastGood();
        Assert.Equal(before, SmallTraining.Weights(_generator));
    }

    [Fact]
    public void A_weight_that_is_not_finite_is_named_and_never_saved()
    {
        var error = Assert.Throws<TrainingDivergedException>(() => Run((step, values) =>
        {
            if (step == 3)
            {
                using var noGradient = no_grad();
                _generator.state_dict()["head.bias"].fill_(float.PositiveInfinity);
            }

            return values;
        }));

        AssertNames(error, 3, "'head.bias'");
        AssertLastGood();
    }

    [Fact]
    public void Weights_are_checked_at_the_end_where_there_is_no_checkpoint()
    {
        var settings = SmallTraining.Settings with { Epochs = 1, BatchSize = 9, LearningRate = new LearningRateConstant(double.MaxValue) };
        var error = Assert.Throws<TrainingDivergedException>(() => SmallTraining.Trainer(_generator, settings).Run());

        Assert.Null(error.LastGoodCheckpoint);
        Assert.Contains("There is no checkpoint", error.Message);
    }

    [Fact]
    public void A_training_that_diverged_can_go_on_from_the_last_good_checkpoint()
    {
        Assert.Throws<TrainingDivergedException>(() => Run((step, values) => step == 3 ? values with { Total = values.Total * float.NaN } : values));
        using var again = SmallTraining.Generator();
        Trainer(again, (_, values) => values).Run(SmallTraining.Options(CheckpointPath));
        using var undisturbed = SmallTraining.Generator();
        Trainer(undisturbed, (_, values) => values).Run();

        Assert.Equal(SmallTraining.Weights(undisturbed), SmallTraining.Weights(again));
    }

    private static Trainer Trainer(WeakTrGenerator generator, Func<long, ObjectiveValues, ObjectiveValues> poison) =>
        new("poisoned training", generator, generator.LearnedParameters(GeneratorForm.Phase1), SmallTraining.Images, SmallTraining.Settings, CPU, step => poison(
            step.Step,
            ObjectiveSum.Phase1.Compute(new ObjectiveContext { Labels = step.Labels, Generated = generator.Forward(step.Images, GeneratorForm.Phase1, step.Random) })));

    private void Run(Func<long, ObjectiveValues, ObjectiveValues> poison) =>
        Trainer(_generator, poison).Run(SmallTraining.Options(CheckpointPath, every: 2, progress: progress =>
        {
            if (progress.Step == LastGood)
                _good = SmallTraining.Weights(_generator);
        }));

    private void AssertNames(TrainingDivergedException error, long step, string what)
    {
        Assert.Equal(step, error.Step);
        Assert.Contains($"poisoned training, step {step}: ", error.Message);
        Assert.Contains(what, error.Message);
        Assert.Equal(CheckpointPath, error.LastGoodCheckpoint);
        Assert.Contains($"{CheckpointPath}, after step {LastGood - 1}", error.Message);
    }

    private void AssertLastGood()
    {
        using var file = SafetensorsFile.Open(CheckpointPath);
        using var saved = WeakTrGenerator.Load(CopyOfModel(file), SmallTraining.Network);
        Assert.Equal(_good, SmallTraining.Weights(saved));
        Assert.All(saved.parameters(), parameter => Assert.True(parameter.isfinite().all().item<bool>()));
    }

    /// <summary>The checkpoint's network, in a file of its own.</summary>
    private string CopyOfModel(SafetensorsFile file)
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(_folder.Root, "model.safetensors");
        SafetensorsFile.Write(path, file.Names.Where(name => name.StartsWith("model.", StringComparison.Ordinal)).Select(name => (name["model.".Length..], file.Read(name))));
        return path;
    }
}
