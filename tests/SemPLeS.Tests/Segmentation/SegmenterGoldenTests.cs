using System.Globalization;
using SemPLeS.Segmentation;
using SemPLeS.Tests.Goldens;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Segmentation;

public sealed class SegmenterGoldenTests
{
    // The cap switches pixels on and off.
    private const double GradientTolerance = 2e-4;

    public static TheoryData<string> Files => [.. TestFolders.GoldenFiles("segmenter").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Logits_of_square_and_ragged_images_equal_the_reference(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = Open(file);
        using var segmenter = Segmenter.Load(golden.File, prefix: "model.");

        golden.AssertClose("out.logits", segmenter.Forward(golden["in.image"]));
        golden.AssertClose("out.logits_ragged", segmenter.Forward(golden["in.image_ragged"]));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Settings_are_read_from_the_weights(string file)
    {
        using var golden = Open(file);
        var settings = SegmenterSettings.Read(golden.File, "model.");

        Assert.Equal(
            new[] { "image_size", "patch_size", "layers", "d_model", "d_ff", "heads", "encoder_classes", "decoder_layers", "classes" }.Select(golden.Number),
            [
                settings.ImageSize, settings.PatchSize, settings.Depth, settings.Width, settings.HiddenWidth, settings.Heads, settings.EncoderClasses,
                settings.DecoderDepth, settings.Labels,
            ]);
        Assert.Equal(Constant(golden, "layer_norm_eps"), settings.LayerNormEpsilon);
        Assert.False(settings.Distilled);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void The_loss_and_its_gradients_equal_the_reference_with_and_without_clipping(string file)
    {
        foreach (var mode in new[] { "on", "off" })
        {
            using var scope = NewDisposeScope();
            using var golden = Open(file);
            using var segmenter = Segmenter.Load(golden.File, prefix: "model.");
            var loss = new PatchClippedCrossEntropy(Constant(golden, "start_value_" + mode), golden.Number("clip_patch"))
                .Compute(segmenter.Forward(golden["in.image"]), golden.File.Read("in.labels"));
            golden.AssertClose("out.loss_clip_" + mode, loss.view(1));

            loss.backward();
            var gradients = golden.File.Names.Where(name => name.StartsWith($"grad.clip_{mode}.", StringComparison.Ordinal)).ToList();
            Assert.NotEmpty(gradients);
            foreach (var key in gradients)
            {
                var parameter = segmenter.named_parameters().First(named => key.EndsWith(mode + "." + named.Item1, StringComparison.Ordinal)).Item2;
                golden.AssertClose(key, Assert.IsAssignableFrom<Tensor>(parameter.grad), GradientTolerance);
            }

            Assert.Equal(
                segmenter.LearnedParameters().Select(named => named.Name),
                segmenter.named_parameters().Where(named => named.Item2.grad is not null).Select(named => named.Item1));
        }
    }

    private static GoldenTensors Open(string file) => new(Path.Combine(TestFolders.Goldens, file));

    private static double Constant(GoldenTensors golden, string key) => double.Parse(golden.File.Metadata[key], CultureInfo.InvariantCulture);
}
