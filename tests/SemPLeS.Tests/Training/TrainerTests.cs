using SemPLeS.Data;
using SemPLeS.Objectives;
using SemPLeS.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Training;

public sealed class TrainerTests
{
    [Fact]
    public void The_same_seed_gives_the_same_weights_bit_for_bit() => Assert.Equal(Trained(SmallTraining.Settings), Trained(SmallTraining.Settings));

    [Fact]
    public void Another_seed_gives_other_weights() => Assert.NotEqual(Trained(SmallTraining.Settings), Trained(SmallTraining.Settings with { Seed = 2 }));

    [Fact]
    public void Slow_pictures_do_not_change_the_weights()
    {
        var slow = new SquareImages(SmallTraining.Images.Count) { Reading = index => Thread.Sleep(index * 7 % 5) };

        Assert.Equal(Trained(SmallTraining.Settings), Trained(SmallTraining.Settings, slow));
    }

    [Fact]
    public void Training_lowers_the_loss()
    {
        using var generator = SmallTraining.Generator();
        var settings = SmallTraining.Settings with
        {
            Epochs = 25,
            LearningRate = new LearningRateConstant(.01),
            Augmentation = new MirrorAugmentation(16, ChannelStatistics.ImageNet),
        };
        var record = SmallTraining.Trainer(generator, settings, new SquareImages(24)).Run();

        Assert.True(record.Epochs[^1].Losses["class tokens"] < .5 * record.Epochs[0].Losses["class tokens"], string.Join('\n', record.Epochs));
        Assert.True(record.Epochs[^1].Losses["total"] < .75 * record.Epochs[0].Losses["total"]);
    }

    [Fact]
    public void Progress_and_record_tell_steps_epochs_rates_and_losses()
    {
        using var generator = SmallTraining.Generator();
        var seen = new List<TrainingProgress>();
        var record = SmallTraining.Trainer(generator).Run(SmallTraining.Options(null, seen.Add));

        Assert.Equal([1, 2, 3, 4, 5, 6], seen.Select(progress => progress.Step));
        Assert.Equal([1, 1, 2, 2, 3, 3], seen.Select(progress => progress.Epoch));
        Assert.All(seen, progress => Assert.Equal((SmallTraining.Steps, 3, Phase1.Name), (progress.Steps, progress.Epochs, progress.Name)));
        Assert.Equal(Enumerable.Range(0, 6).Select(step => SmallTraining.Settings.LearningRate.At(step)), seen.Select(progress => progress.LearningRate));
        Assert.Equal((SmallTraining.Steps, 0), (record.Steps, record.ResumedFrom));
        Assert.Equal([1, 2, 3], record.Epochs.Select(epoch => epoch.Epoch));
        Assert.All(record.Epochs, epoch => Assert.Equal(
            epoch.Losses["total"], epoch.Losses["class tokens"] + epoch.Losses["coarse map"] + epoch.Losses["refined CAM"], 1e-6));
        Assert.Equal(record.Epochs[1].Losses, seen[3].Losses);
    }

    [Fact]
    public void A_trained_network_is_in_evaluation_mode_and_keeps_no_gradients()
    {
        using var generator = SmallTraining.Generator();
        SmallTraining.Trainer(generator).Run();

        Assert.False(generator.training);
        Assert.All(generator.parameters(), parameter => Assert.True(parameter.grad is null || parameter.grad.abs().sum().item<float>() == 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Biases_and_norms_decay_when_the_settings_say_so(bool decayVectors)
    {
        using var generator = SmallTraining.Generator();
        const double rate = .5, decay = .2;
        var settings = SmallTraining.Settings with
        {
            Epochs = 1,
            LearningRate = new LearningRateConstant(rate),
            Optimizer = new AdamWSettings(decay, decayVectors),
        };
        var before = generator.named_parameters().ToDictionary(item => item.name, item => item.parameter.data<float>().ToArray());
        // Gradients of 0 leave the decay alone.
        var trainer = new Trainer("decay", generator, generator.named_parameters(), SmallTraining.Images, settings, CPU, _ =>
            new ObjectiveValues(generator.parameters().Select(parameter => parameter.sum() * 0).Aggregate((sum, term) => sum + term), []));
        trainer.Run();

        var factor = Math.Pow(1 - rate * decay, trainer.Steps);
        foreach (var (name, parameter) in generator.named_parameters())
        {
            var expected = before[name].Select(value => parameter.ndim > 1 || decayVectors ? value * factor : value);
            Assert.All(expected.Zip(parameter.data<float>()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }

        Assert.All(before["norm.weight"], value => Assert.Equal(1, value));
    }

    [Fact]
    public void Parameters_that_do_not_learn_are_not_touched()
    {
        using var generator = SmallTraining.Generator();
        using (no_grad())
            generator.state_dict()["norm.weight"].fill_(3);
        SmallTraining.Trainer(generator).Run();

        Assert.All(generator.state_dict()["norm.weight"].data<float>(), value => Assert.Equal(3, value));
    }

    [Fact]
    public void Pictures_that_do_not_fill_a_batch_are_an_error_that_names_both_numbers()
    {
        using var generator = SmallTraining.Generator();
        var few = Assert.Throws<ArgumentException>(() => SmallTraining.Trainer(generator, images: new SquareImages(3)));
        Assert.Contains("3 images", few.Message);
        Assert.Contains("batch of 4", few.Message);
        Assert.Throws<ArgumentException>(() => SmallTraining.Trainer(generator, images: new SquareImages(0)));
    }

    [Fact]
    public void Pictures_of_another_number_of_classes_are_an_error_that_names_both()
    {
        using var generator = SemPLeS.MaskGenerator.GeneratorStart.Random(SmallTraining.Network with { Classes = 5 }, new RandomStream(0));
        var error = Assert.Throws<ArgumentException>(() => SmallTraining.Trainer(generator));

        Assert.Contains("3 classes", error.Message);
        Assert.Contains("generator 5", error.Message);
    }

    [Fact]
    public void Settings_out_of_range_are_errors_that_name_them()
    {
        var settings = SmallTraining.Settings;
        AssertRefused(settings with { Epochs = 0 }, "Epochs");
        AssertRefused(settings with { BatchSize = 0 }, "BatchSize");
        AssertRefused(settings with { Optimizer = new AdamWSettings(WeightDecay: -1) }, "WeightDecay");
        AssertRefused(settings with { Optimizer = new AdamWSettings(Beta1: 1) }, "Beta1");
        AssertRefused(settings with { Optimizer = new AdamWSettings(Beta2: double.NaN) }, "Beta2");
        AssertRefused(settings with { Optimizer = new AdamWSettings(Epsilon: 0) }, "Epsilon");
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { CheckpointEverySteps = 0 });

        static void AssertRefused(TrainingSettings settings, string name)
        {
            using var generator = SmallTraining.Generator();
            Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => SmallTraining.Trainer(generator, settings)).ParamName);
        }
    }

    [Fact]
    public void A_damaged_picture_ends_the_training_with_its_own_error()
    {
        using var generator = SmallTraining.Generator();
        var images = new SquareImages(9) { Reading = index => _ = index == 5 ? throw new InvalidDataException("picture 5") : index };
        var error = Assert.Throws<InvalidDataException>(() => SmallTraining.Trainer(generator, images: images).Run());

        Assert.Equal("picture 5", error.Message);
    }

    private static byte[] Trained(TrainingSettings settings, ILabelledImages? images = null)
    {
        using var generator = SmallTraining.Generator();
        SmallTraining.Trainer(generator, settings, images).Run();
        return SmallTraining.Weights(generator);
    }
}
