using System.Globalization;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Experiments;

public sealed class MiniClipTests
{
    [Fact]
    public void The_start_has_the_published_number_of_parameters_and_spread()
    {
        using var scope = NewDisposeScope();
        using var clip = MiniClipPreset.Start(0);
        Assert.Equal(328_769, clip.parameters().Sum(parameter => parameter.NumberOfElements));
        var weights = clip.state_dict();
        foreach (var (name, deviation) in new[]
        {
            ("token_embedding.weight", .02), ("positional_embedding", .01), ("text_projection", .125), ("visual.proj", .125), ("visual.positional_embedding", .125),
            ("visual.transformer.resblocks.1.attn.in_proj_weight", .125), ("visual.transformer.resblocks.3.attn.out_proj.weight", .125 / Math.Sqrt(8)),
            ("transformer.resblocks.1.mlp.c_proj.weight", .125 / 2), ("transformer.resblocks.0.mlp.c_fc.weight", Math.Sqrt(1 / 128.0)),
            ("visual.conv1.weight", 1 / Math.Sqrt(3 * 8 * 8) / Math.Sqrt(3)),
        })
        {
            Assert.InRange(Spread(weights[name]), .94 * deviation, 1.06 * deviation);
        }

        Assert.Equal(Math.Log(1 / .07), weights["logit_scale"].item<float>(), 1e-5);
        Assert.Equal(8, weights["visual.ln_pre.weight"].norm().item<float>());
        Assert.Equal(0, weights["visual.ln_pre.bias"].norm().item<float>() + weights["visual.transformer.resblocks.0.attn.in_proj_bias"].norm().item<float>());
    }

    [Fact]
    public void The_schedule_is_the_recipes()
    {
        var settings = MiniClipPreset.Training(2);
        Assert.Equal(2250, (long)settings.Epochs * settings.StepsPerEpoch(MiniClipPreset.Pictures));
        Assert.Equal(2e-3 / 112, settings.LearningRate.At(0), 1e-12);
        Assert.Equal(2e-3, settings.LearningRate.At(112), 1e-12);
        Assert.InRange(settings.LearningRate.At(2249), 0, 1e-8);
        Assert.Equal(20001, settings.Seed);
    }

    [Fact]
    public void Augmented_pictures_are_masked_half_the_time_and_differ_in_noise()
    {
        // All white is 1 everywhere, but for what the augmentation brings in.
        var augmentation = new MiniClipAugmentation(16, ChannelStatistics.Half);
        var white = new RgbImage(16, 16, [.. Enumerable.Repeat((byte)255, 16 * 16 * 3)]);
        var values = new float[augmentation.Length];
        var (masked, deviations) = (0, new List<double>());
        for (var i = 0; i < 400; i++)
        {
            augmentation.Apply(white, new RandomStream(3, i), values);
            // Noise is independent of channel, the mask is not.
            var difference = Enumerable.Range(0, 256).Average(p => Math.Pow(values[p] - values[p + 256], 2)) / 2;
            deviations.Add(Math.Sqrt(difference));
            masked += Math.Abs(values.Average() - 1) > .1 || Enumerable.Range(0, 256).Average(p => Math.Pow((values[p] + values[p + 256] + values[p + 512]) / 3 - 1, 2)) > difference ? 1 : 0;
        }

        Assert.InRange(masked, 160, 240);
        Assert.InRange(deviations.Min(), 0, .03);
        Assert.InRange(deviations.Max(), .7, .9);
        Assert.InRange(deviations.Average(), .37, .43);
    }

    [Fact]
    public void A_few_steps_of_training_lower_the_loss_and_repeat_bit_for_bit()
    {
        var images = new MiniCaptionedImages(0, 64);
        var settings = MiniClipPreset.Training(0) with { Epochs = 4, BatchSize = 16, LearningRate = new LearningRateConstant(1e-3) };
        var (first, record) = Train();
        var (second, _) = Train();
        Assert.Equal(first, second);
        Assert.True(record.Epochs[^1].Losses["total"] < record.Epochs[0].Losses["total"] - .05, string.Join(' ', record.Epochs.Select(epoch => epoch.Losses["total"])));

        (string Weights, TrainingRecord Record) Train()
        {
            using var clip = MiniClipPreset.Start(0);
            var record = MiniClipPretraining.Trainer(clip, images, settings, CPU).Run();
            return (Fingerprint.Of(clip), record);
        }
    }

    [Fact]
    public void A_clip_of_another_vocabulary_can_not_be_trained_or_checked()
    {
        using var clip = ClipStart.Random(MiniClipPreset.Settings with { VocabularySize = 20 }, new RandomStream(1));
        var trainer = MiniClipPretraining.Trainer(clip, new MiniCaptionedImages(0, 4), MiniClipPreset.Training(0) with { BatchSize = 4 }, CPU);
        Assert.Throws<ArgumentException>(() => trainer.Run());
        Assert.Throws<ArgumentException>(() => MiniClipChecks.Measure(clip, 0, 20));
    }

    [SharedFact("mini-world/weights/s0-clip.safetensors")]
    public void A_clip_trained_on_the_references_world_knows_our_drawings()
    {
        using var clip = ClipModel.Load(Path.Combine(TestFolders.Shared!, "mini-world/weights/s0-clip.safetensors"));
        Assert.Equal(MiniClipPreset.Settings with { Statistics = clip.Settings.Statistics }, clip.Settings);
        AssertChecks(MiniClipChecks.Measure(clip, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_clips_that_come_with_the_library_are_as_expected(int world)
    {
        using var clip = ClipModel.Load(MiniClipPreset.WeightsPath(world));
        Assert.Equal(ChannelStatistics.ImageNet.Mean, clip.Settings.Statistics.Mean);
        AssertChecks(MiniClipChecks.Measure(clip, world));
    }

    [Fact]
    public void An_untrained_clip_fails_the_checks()
    {
        using var clip = MiniClipPreset.Start(0);
        Assert.Contains(MiniClipChecks.Measure(clip, 0, 100), check => !check.IsWithin);
    }

    [Fact]
    public void A_world_without_weights_is_an_error_that_says_how_to_make_them() =>
        Assert.Contains("pretrain-clip --world 1234", Assert.Throws<FileNotFoundException>(() => MiniClipPreset.WeightsPath(1234)).Message, StringComparison.Ordinal);

    private static void AssertChecks(IReadOnlyList<MiniClipCheck> checks) => Assert.True(
        checks.All(check => check.IsWithin),
        string.Join("; ", checks.Select(check => string.Create(CultureInfo.InvariantCulture, $"{check.Name} {check.Value:0.000} ({check.Low} to {check.High})"))));

    private static double Spread(Tensor values) => values.norm().item<float>() / Math.Sqrt(values.NumberOfElements);
}
