using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Tests.Weights;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.MaskGenerator;

public sealed class GeneratorStartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_miniature_generator_has_the_published_number_of_parameters()
    {
        using var generator = GeneratorStart.Miniature(Generators.Mini, new RandomStream(1));
        Assert.Equal(254_997, generator.parameters().Sum(parameter => parameter.NumberOfElements));
        Assert.Equal(254_805, generator.LearnedParameters(GeneratorForm.Phase1).Sum(named => named.Parameter.NumberOfElements));
        Assert.Equal(5_301, generator.LearnedParameters(GeneratorForm.Stage).Sum(named => named.Parameter.NumberOfElements));
    }

    [Fact]
    public void A_start_is_a_function_of_its_seed()
    {
        using var scope = NewDisposeScope();
        using var once = GeneratorStart.Random(Generators.Tiny, new RandomStream(5));
        using var again = GeneratorStart.Random(Generators.Tiny, new RandomStream(5));
        using var other = GeneratorStart.Random(Generators.Tiny, new RandomStream(6));
        var (first, second, third) = (once.state_dict(), again.state_dict(), other.state_dict());
        foreach (var (name, value) in first)
        {
            Assert.Equal(value.bytes, second[name].bytes);
            if (value.to(ScalarType.Float32).norm().item<float>() > 0 && !name.Contains("norm", StringComparison.Ordinal))
                Assert.NotEqual(value.bytes.ToArray(), third[name].bytes.ToArray());
        }
    }

    [Fact]
    public void Random_weights_have_the_spread_of_DeiT_and_of_PyTorch()
    {
        using var scope = NewDisposeScope();
        using var generator = GeneratorStart.Random(Generators.Mini, new RandomStream(2));
        var weights = generator.state_dict();
        Assert.InRange(Deviation(weights["blocks.1.mlp.fc1.weight"]), .0195, .0205);
        Assert.InRange(Deviation(weights["pos_embed"]), .0190, .0210);
        Assert.Equal(0, weights["blocks.0.attn.qkv.bias"].norm().item<float>());
        Assert.Equal(Math.Sqrt(96), weights["blocks.0.norm2.weight"].norm().item<float>(), 1e-4);
        var bound = 1 / Math.Sqrt(3 * 8 * 8);
        Assert.InRange(weights["patch_embed.proj.weight"].amax(0, 1, 2, 3).item<float>(), .99 * bound, bound);
        Assert.InRange(Deviation(weights["patch_embed.proj.weight"]), .98 * bound / Math.Sqrt(3), 1.02 * bound / Math.Sqrt(3));
        Assert.InRange(weights["patch_embed.proj.bias"].amax(0).item<float>(), .5 * bound, bound);
    }

    [Fact]
    public void The_miniature_start_ties_queries_to_keys_and_waves_its_positions()
    {
        using var scope = NewDisposeScope();
        using var generator = GeneratorStart.Miniature(Generators.Mini, new RandomStream(2));
        var weights = generator.state_dict();
        var qkv = weights["blocks.1.attn.qkv.weight"];
        Assert.Equal(0, (qkv.narrow(0, 0, 96) - qkv.narrow(0, 96, 96)).norm().item<float>());
        Assert.InRange(Deviation(qkv.narrow(0, 0, 96)), .98 * Math.Sqrt(.2 / 24), 1.02 * Math.Sqrt(.2 / 24));
        // Row 2, column 3 of the grid; channel 5 of sin x, then of cos y.
        var position = weights["pos_embed"][0, 6 + 2 * 8 + 3];
        var frequency = Math.Pow(10000, -5 / 24.0);
        Assert.Equal(.3 * Math.Sin(3 * 1.75 * frequency), position[5].item<float>(), 1e-6);
        Assert.Equal(.3 * Math.Cos(2 * 1.75 * frequency), position[3 * 24 + 5].item<float>(), 1e-6);
    }

    [SharedFact("weights/vit_tiny_patch16_224.safetensors")]
    public void A_plain_transformer_gives_its_class_token_to_every_class()
    {
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(Path.Combine(TestFolders.Shared!, "weights/vit_tiny_patch16_224.safetensors"));
        var settings = new GeneratorSettings { Classes = 20, Width = 192, Heads = 3, HiddenWidth = 768 };
        using var generator = GeneratorStart.FromTrunk(settings, file, new RandomStream(3));
        var weights = generator.state_dict();

        Assert.Equal(0, (weights["cls_token"] - file.Read("cls_token")).norm().item<float>());
        Assert.Equal(0, (weights["pos_embed"].narrow(1, 0, 20) - file.Read("pos_embed").narrow(1, 0, 1)).norm().item<float>());
        Assert.Equal(file.Read("pos_embed").narrow(1, 1, 196).contiguous().bytes, weights["pos_embed"].detach().narrow(1, 20, 196).contiguous().bytes);
        Assert.Equal(file.Read("blocks.11.mlp.fc2.weight").bytes, weights["blocks.11.mlp.fc2.weight"].bytes);
        Assert.Equal([20, 192, 3, 3], weights["head.weight"].shape);

        using var larger = GeneratorStart.FromTrunk(settings with { ImageSize = 448 }, file, new RandomStream(3));
        var resized = larger.state_dict()["pos_embed"];
        Assert.Equal([1, 20 + 28 * 28, 192], resized.shape);
        // Bicubic resizing keeps a mean but for the border.
        Assert.InRange((resized.narrow(1, 20, 784).mean([1]) - file.Read("pos_embed").narrow(1, 1, 196).mean([1])).norm().item<float>(), 0, .1);
    }

    [SharedFact("weights/vit_tiny_patch16_224.safetensors")]
    public void Weights_of_another_architecture_are_an_error_that_names_tensors_and_shapes()
    {
        using var file = SafetensorsFile.Open(Path.Combine(TestFolders.Shared!, "weights/vit_tiny_patch16_224.safetensors"));
        var settings = new GeneratorSettings { Classes = 20, Width = 192, Heads = 3, HiddenWidth = 768 };
        var wide = Assert.Throws<InvalidDataException>(() => GeneratorStart.FromTrunk(new GeneratorSettings { Classes = 20 }, file, new RandomStream(3)));
        Assert.Contains("blocks.0.attn.proj.bias: expected [384], found [192]", wide.Message, StringComparison.Ordinal);
        Assert.Contains(file.FilePath, wide.Message, StringComparison.Ordinal);
        var shallow = Assert.Throws<InvalidDataException>(() => GeneratorStart.FromTrunk(settings with { Depth = 11 }, file, new RandomStream(3)));
        Assert.Contains("12 unexpected (blocks.11.attn.proj.bias", shallow.Message, StringComparison.Ordinal);
        var deep = Assert.Throws<InvalidDataException>(() => GeneratorStart.FromTrunk(settings with { Depth = 13 }, file, new RandomStream(3)));
        Assert.Contains("12 missing (blocks.12.attn.proj.bias", deep.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_generator_with_other_classes_gives_the_mean_of_its_class_tokens_and_noise()
    {
        using var scope = NewDisposeScope();
        var path = _folder.File("pretrained.safetensors");
        using (var pretrained = GeneratorStart.Random(Generators.Mini with { Classes = 12 }, new RandomStream(1)))
            pretrained.Save(path);
        using var file = SafetensorsFile.Open(path);
        using var generator = GeneratorStart.FromTrunk(Generators.Mini, file, new RandomStream(2), tokenDeviation: .02);
        var weights = generator.state_dict();

        var noise = weights["cls_token"] - file.Read("cls_token").mean([1], keepdim: true);
        Assert.InRange(Deviation(noise), .018, .022);
        var positions = file.Read("pos_embed");
        var expected = cat([positions.narrow(1, 0, 12).mean([1], keepdim: true).expand(1, 6, 96), positions.narrow(1, 12, 64)], 1);
        Assert.Equal(0, (weights["pos_embed"] - expected).norm().item<float>());
        Assert.Equal(file.Read("patch_embed.proj.weight").bytes, weights["patch_embed.proj.weight"].bytes);
        Assert.True(weights["adaptive_attention_fusion.attn_head_ffn.0.weight"].requires_grad);
    }

    private static double Deviation(Tensor values) => values.norm().item<float>() / Math.Sqrt(values.NumberOfElements);
}
