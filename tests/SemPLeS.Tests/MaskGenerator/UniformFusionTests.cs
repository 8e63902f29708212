using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Tests.Training;
using SemPLeS.Tests.Weights;
using SemPLeS.Training;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.MaskGenerator;

/// <summary>MCTformer's generator: WeakTr's with all heads alike.</summary>
public sealed class UniformFusionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void WeakTrs_refined_CAM_with_equal_head_weights_is_MCTformers_of_all_blocks_up_to_a_factor()
    {
        using var scope = NewDisposeScope();
        using var adaptive = GeneratorStart.Random(Generators.Tiny, new RandomStream(1));
        using var uniform = WithWeightsOf(adaptive, Generators.Tiny.Depth);
        using (no_grad())
        {
            // With its matrices at 0 the fusion's sigmoid gives every head one half, once for the class attention and once for the patches'.
            foreach (var (name, weights) in adaptive.state_dict().Where(item => item.Key.Contains("attn_head_ffn", StringComparison.Ordinal)))
                weights.zero_();
        }

        var images = Generators.Images(2, 3, 32, 32);
        var expected = adaptive.Forward(images, GeneratorForm.Stage);
        var actual = uniform.Forward(images, GeneratorForm.Stage);

        Assert.True(expected.RefinedCam.max().item<float>() > 0);
        Assert.InRange((4 * expected.RefinedCam - actual.RefinedCam).abs().max().item<float>(), 0, 1e-5 * actual.RefinedCam.max().item<float>());
        Assert.Equal(expected.ClassLogits.data<float>().ToArray(), actual.ClassLogits.data<float>().ToArray());
        Assert.All(actual.HeadWeights.data<float>().ToArray(), weight => Assert.Equal(1, weight));
    }

    [Fact]
    public void Class_attention_is_of_the_last_blocks_and_patch_attention_of_all()
    {
        using var scope = NewDisposeScope();
        using var first = GeneratorStart.Random(Generators.Tiny with { Depth = 1, Uniform = new(1) }, new RandomStream(1));
        using var both = WithWeightsOf(first, 2);
        using var last = WithWeightsOf(both, 1);
        var images = Generators.Images(2, 3, 32, 32);
        var (one, two, three) = (Maps(first), Maps(both), Maps(last));

        // The mean over both blocks is half the first block's and half the last one's.
        Assert.InRange((two.AttentionCam - (one.AttentionCam + three.AttentionCam) / 2).abs().max().item<float>(), 0, 1e-6);
        Assert.InRange((two.PatchAttention - three.PatchAttention).abs().max().item<float>(), 0, 0);
        Assert.True((two.PatchAttention - one.PatchAttention).abs().max().item<float>() > 1e-4);
        var refined = three.PatchAttention.matmul((three.AttentionCam * three.CoarseCam).flatten(2).transpose(1, 2)).transpose(1, 2);
        Assert.InRange((refined - last.Forward(images, GeneratorForm.Stage).RefinedCam.flatten(2)).abs().max().item<float>(), 0, 1e-6);

        IntermediateMaps Maps(WeakTrGenerator generator) => generator.Forward(images, GeneratorForm.Stage, maps: true).Maps!;
    }

    [Fact]
    public void A_file_tells_its_heads_and_blocks()
    {
        var settings = Generators.Tiny with { Uniform = new(1), StochasticDepth = .1 };
        using var generator = GeneratorStart.Random(settings, new RandomStream(1));
        var path = _folder.File("mctformer.safetensors");
        generator.Save(path);

        using (var file = WeightsFile.Open(path))
        {
            Assert.True(GeneratorSettings.IsIn(file));
            Assert.DoesNotContain(file.Names, name => name.Contains("fusion", StringComparison.Ordinal));
            Assert.Equal((settings.Uniform, settings.Heads, settings.Depth), (GeneratorSettings.Read(file).Uniform, GeneratorSettings.Read(file).Heads, GeneratorSettings.Read(file).Depth));
        }

        using var loaded = WeakTrGenerator.Load(path);
        Assert.Equal(Fingerprint.Of(generator), Fingerprint.Of(loaded));
        generator.Save(path, new Dictionary<string, string>());
        using var weights = WeightsFile.Open(path);
        SafetensorsFile.Write(path + "2", generator.state_dict().Select(item => (item.Key, item.Value)), new Dictionary<string, string> { ["uniform_class_blocks"] = "3", ["num_heads"] = "2" });
        Assert.Contains("3 of 2 blocks", Assert.Throws<InvalidDataException>(() => WeakTrGenerator.Load(path + "2")).Message, StringComparison.Ordinal);
        SafetensorsFile.Write(path + "3", generator.state_dict().Select(item => (item.Key, item.Value)), new Dictionary<string, string> { ["uniform_class_blocks"] = "1" });
        Assert.Contains("no heads", Assert.Throws<InvalidDataException>(() => WeakTrGenerator.Load(path + "3")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Phase_1_learns_by_two_losses_and_a_stage_moves_the_head_alone()
    {
        using var generator = GeneratorStart.Random(SmallTraining.Network with { Uniform = new(1) }, new RandomStream(0));
        var record = SmallTraining.Trainer(generator, SmallTraining.Settings).Run();
        Assert.Equal(["class tokens", "coarse map", "total"], record.Epochs[^1].Losses.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["head.bias", "head.weight"], generator.LearnedParameters(GeneratorForm.Stage).Select(item => item.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Settings_without_it_read_as_before_it_came()
    {
        Assert.DoesNotContain(SettingsText.Of(Generators.Tiny).Keys, key => key.StartsWith("Uniform", StringComparison.Ordinal));
        Assert.Equal("1", SettingsText.Of(Generators.Tiny with { Uniform = UniformFusion.OfLastQuarter(2) })["Uniform.ClassBlocks"]);
        Assert.Equal(3, UniformFusion.OfLastQuarter(12).ClassBlocks);
        Assert.Throws<ArgumentOutOfRangeException>(() => new UniformFusion(0));
        Assert.Throws<ArgumentException>(() => GeneratorStart.Random(Generators.Tiny with { Uniform = new(3) }, new RandomStream(1)));
    }

    /// <summary>A generator of two blocks with all that another one has; what the other lacks is drawn.</summary>
    private static WeakTrGenerator WithWeightsOf(WeakTrGenerator other, int classBlocks)
    {
        var generator = GeneratorStart.Random(Generators.Tiny with { Uniform = new(classBlocks) }, new RandomStream(2));
        var values = other.state_dict();
        using var noGradient = no_grad();
        foreach (var (name, target) in generator.state_dict())
        {
            if (values.TryGetValue(name, out var value))
                target.copy_(value);
        }

        generator.eval();
        return generator;
    }
}
