using FsCheck;
using FsCheck.Xunit;
using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Experiments;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Experiments.Prices;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Tests.Training;
using Xunit;

namespace SemPLeS.Tests.Experiments.Prices;

/// <summary>Prices against published counts and against what was measured.</summary>
public sealed class PriceEstimateTests
{
    private static readonly GeneratorSettings Generator = PaperPreset.Voc12.Generator;
    private static readonly ClipSettings Clip = new();

    /// <summary>Multiply-adds of the forward pass of DeiT, as timm's tables have them: with one class token, the trunk is DeiT's.</summary>
    [Theory]
    [InlineData(192, 3, 1.26)]
    [InlineData(384, 6, 4.61)]
    [InlineData(768, 12, 17.58)]
    public void A_forward_pass_of_the_trunk_is_that_of_DeiT(int width, int heads, double published)
    {
        var network = new GeneratorSettings { Classes = 1, Width = width, Heads = heads, HiddenWidth = 4 * width };
        var price = PriceEstimate.Cams(network, new SquareImages(1, 0, 224, 224), new CamSettings());
        Assert.InRange(price.Operations / 2 / 1e9, .97 * published, 1.03 * published);
    }

    /// <summary>CLIP ViT-B/32: 151.3 million parameters, 4.4 GFLOP (multiply-adds) of the image encoder, as published.</summary>
    [Fact]
    public void A_CLIP_costs_what_is_published_of_ViT_B_32()
    {
        var price = PriceEstimate.ClipEs(Clip, new SquareImages(1, 0, 224, 224));
        Assert.InRange(price.WeightBytes / 4 / 1e6, 149, 153);
        // The last of twelve blocks comes again, with its gradients: three to four times its twelfth.
        Assert.InRange(price.Operations / 2 / 1e9, 4.4 * (1 + (2.9 / 12)), 4.4 * (1 + (4.0 / 12)));
    }

    /// <summary>Peaks of resident memory in GB of the paper's networks on a processor, in a process each: benchmark `price`; batch 32 of `full-size`.</summary>
    [Theory]
    [InlineData("phase-1", 8, 1.6)]
    [InlineData("phase-1", 16, 2.4)]
    [InlineData("phase-1", 32, 4.0)]
    [InlineData("stage-a", 8, 2.5)]
    [InlineData("stage-a", 16, 4.1)]
    [InlineData("stage-b", 8, 1.8)]
    [InlineData("retraining", 2, 2.6)]
    [InlineData("retraining", 4, 4.5)]
    public void Memory_is_near_what_was_measured(string part, int batch, double measured)
    {
        // Two classes each, as the measured pictures.
        var images = new TwoClasses(new SquareImages(3 * batch, 0, 500, 375));
        var stages = (PaperPreset.Voc12.Stages with { MatchingBatch = batch, PromptBatch = batch, RefinementBatch = batch, Epochs = 1 }).Settings(images.Count);
        var segmenter = PaperPreset.Voc12.Retraining;
        var price = part switch
        {
            "phase-1" => PriceEstimate.Phase1(Generator, images, (PaperPreset.Voc12 with { Phase1Batch = batch }).Phase1(images.Count, 0)),
            "stage-a" => PriceEstimate.OfGenerator(Generator, Clip, images, stages.Matching.Training),
            "stage-b" => PriceEstimate.OfPrompts(Generator, Clip, images, stages.Prompting.Training, PaperPreset.Template.TokensWith(30)),
            _ => PriceEstimate.Retraining(segmenter.Network, images, segmenter.Settings(images.Count).Training with { BatchSize = batch }),
        };
        Assert.InRange(price.MainBytes(onGpu: false, 1) / 1e9, .85 * measured, 1.15 * measured);
    }

    [Fact]
    public void Parts_of_a_batch_take_less_memory_and_the_same_work()
    {
        var images = new SquareImages(64, 0, 64, 64);
        var training = PaperPreset.Voc12.Phase1(images.Count, 0);
        var (whole, parts) = (PriceEstimate.Phase1(Generator, images, training), PriceEstimate.Phase1(Generator, images, training, atOnce: 16));
        Assert.Equal(whole.Operations, parts.Operations);
        Assert.Equal(whole.StepBytes / 4, parts.StepBytes, 1.0);
    }

    [Property(MaxTest = 20)]
    public void Work_is_in_proportion_to_epochs_and_pictures(PositiveInt epochs, PositiveInt pictures)
    {
        var training = PaperPreset.Voc12.Phase1(64, 0);
        var once = PriceEstimate.Phase1(Generator, new SquareImages(64), training with { Epochs = 1 }).Operations;
        Assert.Equal(1, PriceEstimate.Phase1(Generator, new SquareImages(64), training with { Epochs = epochs.Get }).Operations / once / epochs.Get, 1e-9);
        var (one, all) = (PriceEstimate.Crf(new SquareImages(3)).CoreSeconds / 3, PriceEstimate.Crf(new SquareImages(3 * pictures.Get)).CoreSeconds);
        Assert.Equal(1, all / one / (3 * pictures.Get), 1e-9);
    }

    [Fact]
    public void Together_work_adds_up_and_memory_is_the_greater()
    {
        var left = new RunPrice(5e12) { CoreSeconds = 8, WeightBytes = 1e9, StepBytes = 3e9, PictureBytes = 1e9 };
        var sum = left + new RunPrice(2e12) { WeightBytes = 2e9, StepBytes = 1e9, PictureBytes = 2e9 };
        Assert.Equal(7 / .5 + 8 / 4, sum.Seconds(.5, 4), 1e-9);
        Assert.Equal(2e9 + 3e9, sum.TensorBytes(1));
        Assert.Equal(2e9 + 4 * 2e9, sum.TensorBytes(4));
        Assert.True(sum.MainBytes(onGpu: true, 1) < sum.MainBytes(onGpu: false, 1) + 4e9);
    }

    [Fact]
    public void A_smaller_window_or_picture_costs_a_Segmenter_less()
    {
        var (network, test) = (PaperPreset.Voc12.Retraining.Network, PaperPreset.Voc12.Retraining.Test);
        var images = new SquareImages(4, 0, 500, 375);
        var all = PriceEstimate.Labels(network, images, test).Operations;
        // Two of twelve views, as measured: the larger scales have more windows than their share.
        Assert.InRange(all / PriceEstimate.Labels(network, images, test with { Scales = [1] }).Operations, 6, 12);
        Assert.True(PriceEstimate.Labels(network, images, test with { Mirror = false }).Operations == all / 2);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public void Every_run_of_a_table_has_a_price(int table)
    {
        var preset = AblationPreset.Named("mini-smoke");
        foreach (var run in AblationTables.Of(table).Runs(preset, 1, 1))
        {
            var price = run.Price!(null);
            Assert.True(price.Operations > 0, $"{run}");
            Assert.InRange(price.MainBytes(onGpu: false, 2), .3e9, 2e9);
        }
    }

    /// <summary>Pictures of two classes each.</summary>
    private sealed class TwoClasses(ILabelledImages source) : ILabelledImages
    {
        public int Count => source.Count;

        public int ClassCount => source.ClassCount;

        public IReadOnlyList<string> ClassNames => source.ClassNames;

        public bool HasTruth => source.HasTruth;

        public string Id(int index) => source.Id(index);

        public RgbImage Image(int index) => source.Image(index);

        public IReadOnlyList<int> Labels(int index) => [0, 1];

        public LabelMap Truth(int index) => source.Truth(index);
    }
}
