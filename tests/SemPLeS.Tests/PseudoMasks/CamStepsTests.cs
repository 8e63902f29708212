using SemPLeS.Data;
using SemPLeS.Data.MiniWorld;
using SemPLeS.Evaluation;
using SemPLeS.Experiments;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Tests.MaskGenerator;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.PseudoMasks;

public sealed class CamStepsTests
{
    private static readonly MiniWorldImages _images = new(0, MiniWorldSet.Train, 6);

    [Fact]
    public void The_last_step_is_the_CAM_of_the_extractor()
    {
        using var generator = Generator();
        var cams = new CamSteps(generator, CPU).Extract(_images.Image(0), [0, 3]);

        Assert.Equal(CamSteps.Names.Count, cams.Count);
        Assert.Equal(new CamExtractor(generator, MiniPreset.Seeds.Cams, CPU).Extract(_images.Image(0), [0, 3]).Values, cams[^1].Values);
        Assert.All(cams, cam => Assert.All(cam.Values, value => Assert.InRange(value, 0, 1)));
    }

    [Fact]
    public void The_score_of_the_last_step_is_that_of_the_seeds()
    {
        using var generator = Generator();
        var scores = new CamSteps(generator, CPU).Score(_images, new FixedThreshold(.4f));

        Assert.Equal(CamSteps.Names.Count, scores.Count);
        Assert.Equal(SeedEvaluation.Run(new CamExtractor(generator, MiniPreset.Seeds.Cams, CPU), _images, new FixedThreshold(.4f)).Seeds.Scores.MeanIou, scores[^1].Scores.MeanIou);
    }

    [Fact]
    public void Attention_is_that_of_the_patch_which_holds_the_pixel()
    {
        using var generator = Generator();
        var (steps, image) = (new CamSteps(generator, CPU), _images.Image(0));

        var attention = steps.PatchAttention(image, 8, 16);

        Assert.Equal(64 * 64, attention.Length);
        Assert.Equal(attention, steps.PatchAttention(image, 15, 23));
        Assert.NotEqual(attention, steps.PatchAttention(image, 16, 16));
        Assert.Throws<ArgumentOutOfRangeException>("x", () => steps.PatchAttention(image, 64, 0));
        Assert.Throws<ArgumentOutOfRangeException>("y", () => steps.PatchAttention(image, 0, -1));
    }

    [Fact]
    public void Head_weights_stand_in_the_row_of_their_head()
    {
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        using var generator = Generator();
        var values = new float[3 * 64 * 64];
        generator.Settings.Statistics.Normalise(_images.Image(0), values);
        var expected = generator.Forward(tensor(values, [1, 3, 64, 64]), GeneratorForm.Stage).HeadWeights;

        var weights = new CamSteps(generator, CPU).HeadWeights(_images.Image(0));

        Assert.Equal((4, 2), (weights.GetLength(0), weights.GetLength(1)));
        // Head-major: index = head x blocks + block.
        Assert.Equal(expected[0, 2 * 2 + 1].item<float>(), weights[2, 1], 1e-6);
        Assert.Throws<ArgumentException>("labels", () => new CamSteps(generator, CPU).Extract(_images.Image(0), []));
    }

    private static WeakTrGenerator Generator()
    {
        var generator = GeneratorStart.Random(Generators.Mini, new RandomStream(3));
        generator.eval();
        return generator;
    }
}
