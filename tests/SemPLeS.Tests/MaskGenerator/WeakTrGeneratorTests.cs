using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Tests.Weights;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.MaskGenerator;

public sealed class WeakTrGeneratorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(32, 32, 4, 4)]
    [InlineData(8, 8, 1, 1)]
    [InlineData(47, 70, 5, 8)]
    [InlineData(70, 31, 8, 3)]
    public void Images_of_any_size_are_seen_in_whole_patches(int height, int width, int rows, int columns)
    {
        using var scope = NewDisposeScope();
        using var generator = GeneratorStart.Random(Generators.Tiny, new RandomStream(1));
        generator.eval();
        var images = Generators.Images(2, 3, height, width);
        var output = generator.Forward(images, GeneratorForm.Phase1);
        Assert.Null(output.Maps);
        Assert.Equal([2, 3, rows, columns], output.CoarseMap.shape);
        Assert.Equal([2, 3, rows, columns], output.RefinedCam.shape);
        Assert.Equal([2, 4], output.HeadWeights.shape);
        var whole = generator.Forward(images.narrow(2, 0, rows * 8).narrow(3, 0, columns * 8), GeneratorForm.Phase1);
        Assert.InRange((output.RefinedCam - whole.RefinedCam).norm().item<float>(), 0, 1e-6);
    }

    [Fact]
    public void Images_of_another_shape_are_an_error_that_names_it()
    {
        using var scope = NewDisposeScope();
        using var generator = GeneratorStart.Random(Generators.Tiny, new RandomStream(1));
        foreach (var shape in new long[][] { [1, 3, 7, 32], [1, 4, 32, 32], [0, 3, 32, 32], [3, 32, 32] })
        {
            var message = Assert.Throws<ArgumentException>(() => generator.Forward(zeros(shape), GeneratorForm.Phase1)).Message;
            Assert.Contains($"[{string.Join(", ", shape)}]", message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Stochastic_depth_is_a_function_of_its_stream_and_rests_in_evaluation()
    {
        using var scope = NewDisposeScope();
        using var generator = GeneratorStart.Random(Generators.Tiny with { StochasticDepth = .5 }, new RandomStream(1));
        var images = Generators.Images(8, 3, 32, 32);
        var first = generator.Forward(images, GeneratorForm.Phase1, new RandomStream(4));
        Assert.Equal(first.ClassLogits.detach().bytes, generator.Forward(images, GeneratorForm.Phase1, new RandomStream(4)).ClassLogits.detach().bytes);
        Assert.NotEqual(first.ClassLogits.detach().bytes.ToArray(), generator.Forward(images, GeneratorForm.Phase1, new RandomStream(5)).ClassLogits.detach().bytes.ToArray());
        Assert.Throws<ArgumentException>(() => generator.Forward(images, GeneratorForm.Phase1));

        generator.eval();
        var still = generator.Forward(images, GeneratorForm.Phase1).ClassLogits;
        Assert.Equal(still.detach().bytes, generator.Forward(images, GeneratorForm.Phase1, new RandomStream(4)).ClassLogits.detach().bytes);
    }

    [Fact]
    public void Stochastic_depth_leaves_out_branches_per_image_and_keeps_their_mean()
    {
        using var scope = NewDisposeScope();
        // With the second attention's values at 0, the last block's feed-forward branch alone is random, and the class logits are linear in it.
        using var generator = GeneratorStart.Random(Generators.Tiny with { StochasticDepth = .4 }, new RandomStream(1));
        var weights = generator.state_dict();
        using (no_grad())
        {
            weights["blocks.1.attn.proj.weight"].zero_();
            weights["blocks.1.mlp.fc2.weight"].copy_(Generators.Images(weights["blocks.1.mlp.fc2.weight"].shape));
            weights["blocks.1.mlp.fc2.bias"].copy_(Generators.Images(16) + 1);
        }

        using var noGradients = no_grad();
        const int Count = 4000;
        var images = Generators.Images(1, 3, 8, 8).expand(Count, 3, 8, 8);
        var dropped = generator.Forward(images, GeneratorForm.Stage, new RandomStream(9)).ClassLogits.narrow(1, 0, 1).flatten().data<float>().ToArray();
        generator.eval();
        var whole = generator.Forward(images.narrow(0, 0, 1), GeneratorForm.Stage).ClassLogits[0, 0].item<float>();

        var (without, enlarged) = (dropped.Min(), dropped.Max());
        if (Math.Abs(whole - without) < Math.Abs(whole - enlarged))
            (without, enlarged) = (enlarged, without);
        Assert.Equal(1 / .6, (enlarged - without) / (whole - without), 1e-3);
        Assert.InRange(dropped.Count(value => Math.Abs(value - without) < Math.Abs(value - enlarged)) / (double)Count, .37, .43);
    }

    [Fact]
    public void Weights_and_settings_survive_a_file()
    {
        using var scope = NewDisposeScope();
        var path = _folder.File("generator.safetensors");
        var settings = Generators.Tiny with { Pooling = FeaturePooling.Mean, LayerNormEpsilon = 1e-5, Statistics = ChannelStatistics.Half };
        using var saved = GeneratorStart.Random(settings, new RandomStream(1));
        saved.eval();
        saved.Save(path, new Dictionary<string, string> { ["classes"] = "boat, train, cow" });
        using var loaded = WeakTrGenerator.Load(path);

        Assert.Equal(settings.ToMetadata(), loaded.Settings.ToMetadata());
        Assert.False(loaded.training);
        var images = Generators.Images(1, 3, 32, 40);
        Assert.Equal(saved.Forward(images, GeneratorForm.Stage).RefinedCam.detach().bytes, loaded.Forward(images, GeneratorForm.Stage).RefinedCam.detach().bytes);
        using var file = SafetensorsFile.Open(path);
        Assert.Equal("boat, train, cow", file.Metadata["classes"]);
    }

    [Theory]
    [InlineData("pool", "median")]
    [InlineData("reduction", "3")]
    [InlineData("reduction", "-1")]
    [InlineData("layer_norm_eps", "0")]
    [InlineData("mean", "[0.5, 0.5]")]
    [InlineData("std", "[0.2, 0, 0.2]")]
    [InlineData("std", "grey")]
    public void Metadata_that_make_no_sense_are_an_error_that_names_file_and_value(string key, string value)
    {
        var path = _folder.File("generator.safetensors");
        using (var saved = GeneratorStart.Random(Generators.Tiny, new RandomStream(1)))
            StateDict.Save(saved, path, new Dictionary<string, string> { [key] = value });
        var message = Assert.Throws<InvalidDataException>(() => WeakTrGenerator.Load(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains(value.TrimStart('-'), message, StringComparison.Ordinal);
    }

    [SharedFact("mini-world/weights/s0-phase1.safetensors")]
    public void Settings_are_read_from_the_shapes_of_weights_without_metadata()
    {
        using var generator = WeakTrGenerator.Load(Path.Combine(TestFolders.Shared!, "mini-world/weights/s0-phase1.safetensors"));
        var settings = generator.Settings;
        Assert.Equal(Generators.Mini with { Statistics = settings.Statistics }, settings);
    }

    [SharedFact("photo-reference/weaktr_vit_tiny_voc_subset.safetensors")]
    public void Settings_of_a_reference_checkpoint_are_read_from_its_shapes()
    {
        using var file = SafetensorsFile.Open(Path.Combine(TestFolders.Shared!, "photo-reference/weaktr_vit_tiny_voc_subset.safetensors"));
        var settings = GeneratorSettings.Read(file);
        Assert.Equal(new GeneratorSettings { Classes = 20, Width = 192, Heads = 3, HiddenWidth = 768, Statistics = settings.Statistics }, settings);
    }

    [SharedFact("weights/vit_tiny_patch16_224.safetensors")]
    public void A_plain_transformer_is_not_a_generator()
    {
        var path = Path.Combine(TestFolders.Shared!, "weights/vit_tiny_patch16_224.safetensors");
        var message = Assert.Throws<InvalidDataException>(() => WeakTrGenerator.Load(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("adaptive_attention_fusion", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_of_other_settings_are_an_error_that_names_tensors_and_shapes()
    {
        var path = _folder.File("generator.safetensors");
        using (var saved = GeneratorStart.Random(Generators.Tiny, new RandomStream(1)))
            saved.Save(path);
        var message = Assert.Throws<InvalidDataException>(() => WeakTrGenerator.Load(path, Generators.Tiny with { Classes = 4 })).Message;
        Assert.Contains("cls_token: expected [1, 4, 16], found [1, 3, 16]", message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generator_made_inside_a_scope_outlives_it()
    {
        WeakTrGenerator generator;
        using (NewDisposeScope())
            generator = GeneratorStart.Random(Generators.Tiny, new RandomStream(1));
        using (generator)
        using (NewDisposeScope())
            Assert.Equal([1, 3], generator.Forward(Generators.Images(1, 3, 32, 32), GeneratorForm.Stage).ClassLogits.shape);
    }

    [Fact]
    public void Settings_that_fit_no_network_are_refused()
    {
        foreach (var settings in new[]
        {
            Generators.Tiny with { Classes = 0 }, Generators.Tiny with { ImageSize = 33 }, Generators.Tiny with { Heads = 3 },
            Generators.Tiny with { HeadReduction = 5 }, Generators.Tiny with { FeatureReduction = 9 }, Generators.Tiny with { StochasticDepth = 1 },
        })
        {
            Assert.ThrowsAny<ArgumentException>(() => GeneratorStart.Random(settings, new RandomStream(1)));
        }
    }
}
