using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Segmentation;
using SemPLeS.Tests.Data;
using SemPLeS.Tests.MaskGenerator;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Segmentation;

public sealed class SegmenterTests : IDisposable
{
    private readonly ImageFileFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(16, 16)]
    [InlineData(13, 22)]
    [InlineData(1, 40)]
    public void Every_pixel_of_any_image_gets_logits(int height, int width)
    {
        using var scope = NewDisposeScope();
        using var segmenter = Evaluated(SmallRetraining.Network);

        Assert.Equal([2, 4, height, width], segmenter.Forward(Generators.Images(2, 3, height, width)).shape);
    }

    [Fact]
    public void An_image_is_filled_up_with_zeros_at_right_and_bottom()
    {
        using var scope = NewDisposeScope();
        using var segmenter = Evaluated(SmallRetraining.Network);
        var image = Generators.Images(1, 3, 13, 22);
        var padded = zeros([1, 3, 16, 24]);
        padded.narrow(2, 0, 13).narrow(3, 0, 22).copy_(image);

        AssertEqual(segmenter.Forward(padded).narrow(2, 0, 13).narrow(3, 0, 22), segmenter.Forward(image));
    }

    [Fact]
    public void Training_follows_from_its_stream_and_differs_from_evaluation()
    {
        using var scope = NewDisposeScope();
        using var segmenter = SmallRetraining.Segmenter();
        var images = Generators.Images(2, 3, 16, 16);
        segmenter.train();
        var once = segmenter.Forward(images, new RandomStream(1));
        AssertEqual(once, segmenter.Forward(images, new RandomStream(1)));
        Assert.NotEqual(0, Distance(once, segmenter.Forward(images, new RandomStream(2))));
        Assert.Throws<ArgumentException>(() => segmenter.Forward(images));

        segmenter.eval();
        Assert.NotEqual(0, Distance(once, segmenter.Forward(images, new RandomStream(1))));
        AssertEqual(segmenter.Forward(images), segmenter.Forward(images, new RandomStream(1)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_Segmenter_is_written_and_read_back_plain_and_distilled(bool distilled)
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(_folder.Root, "segmenter.safetensors");
        using var written = Evaluated(SmallRetraining.Network with { Distilled = distilled, EncoderClasses = 5, Statistics = ChannelStatistics.Half, StochasticDepth = 0 });
        written.Save(path);
        using var read = Segmenter.Load(path);
        var images = Generators.Images(1, 3, 20, 16);

        Assert.Equal(SettingsOf(written), SettingsOf(read));
        Assert.Equal(distilled, read.state_dict().ContainsKey("encoder.dist_token"));
        Assert.Equal(distilled, read.state_dict().ContainsKey("encoder.head_dist.weight"));
        AssertEqual(written.Forward(images), read.Forward(images));

        static IReadOnlyDictionary<string, string> SettingsOf(Segmenter segmenter) => SemPLeS.Training.SettingsText.Of(segmenter.Settings);
    }

    [Fact]
    public void The_distillation_token_takes_part()
    {
        using var scope = NewDisposeScope();
        using var segmenter = Evaluated(SmallRetraining.Network with { Distilled = true });
        var images = Generators.Images(1, 3, 16, 16);
        var before = segmenter.Forward(images);
        using (no_grad())
            segmenter.state_dict()["encoder.dist_token"].normal_(0, 1, null);

        Assert.NotEqual(0, Distance(before, segmenter.Forward(images)));
    }

    [Fact]
    public void Weights_without_the_number_of_heads_have_heads_of_64_channels_or_are_an_error()
    {
        var path = Path.Combine(_folder.Root, "unnamed.safetensors");
        using (var segmenter = SmallRetraining.Segmenter())
            StateDict.Save(segmenter, path);
        using (var file = SafetensorsFile.Open(path))
            Assert.Contains("num_heads", Assert.Throws<InvalidDataException>(() => SegmenterSettings.Read(file)).Message);

        using (var segmenter = SegmenterStart.Random(SmallRetraining.Network with { Width = 128 }, new RandomStream(0)))
            StateDict.Save(segmenter, path);
        using (var file = SafetensorsFile.Open(path))
            Assert.Equal(2, SegmenterSettings.Read(file).Heads);
    }

    [Fact]
    public void A_file_of_something_else_is_an_error_that_names_it()
    {
        var path = Path.Combine(_folder.Root, "generator.safetensors");
        using (var generator = GeneratorStart.Random(Generators.Tiny, new RandomStream(0)))
            generator.Save(path);
        var error = Assert.Throws<InvalidDataException>(() => Segmenter.Load(path));

        Assert.Contains(path, error.Message);
        Assert.Contains("encoder.patch_embed.proj.weight", error.Message);
    }

    [Fact]
    public void A_mask_generator_starts_the_encoder_with_the_mean_of_its_class_tokens()
    {
        using var scope = NewDisposeScope();
        var path = Path.Combine(_folder.Root, "generator.safetensors");
        using (var generator = GeneratorStart.Random(Generators.Tiny, new RandomStream(1)))
            generator.Save(path);
        using var file = SafetensorsFile.Open(path);
        using var segmenter = SegmenterStart.FromTrunk(OfTiny, file, new RandomStream(2));
        using var again = SegmenterStart.FromTrunk(OfTiny, file, new RandomStream(2));
        var weights = segmenter.state_dict();

        AssertEqual(file.Read("cls_token").mean([1], keepdim: true), weights["encoder.cls_token"]);
        AssertEqual(file.Read("pos_embed").narrow(1, 3, 16), weights["encoder.pos_embed"].narrow(1, 1, 16));
        Assert.Equal(file.Read("blocks.1.attn.qkv.weight").bytes, weights["encoder.blocks.1.attn.qkv.weight"].bytes);
        Assert.Equal(file.Read("norm.bias").bytes, weights["encoder.norm.bias"].bytes);
        Assert.Equal(weights.Keys, again.state_dict().Keys);
        Assert.All(weights, pair => Assert.Equal(pair.Value.bytes, again.state_dict()[pair.Key].bytes));
        Assert.InRange(Deviation(weights["decoder.proj_patch"]), .2, .3);
        Assert.InRange(Deviation(weights["decoder.blocks.0.mlp.fc1.weight"]), .018, .022);
        Assert.All(segmenter.parameters(), parameter => Assert.True(parameter.requires_grad));
    }

    [Theory]
    [InlineData("cls_token", "missing")]
    [InlineData("dist_token", "unexpected")]
    public void A_trunk_of_another_architecture_is_an_error_that_names_file_and_tensors(string name, string what)
    {
        var path = Path.Combine(_folder.Root, "trunk.safetensors");
        using (var generator = GeneratorStart.Random(Generators.Tiny with { Classes = 1 }, new RandomStream(1)))
        {
            var values = generator.state_dict().ToDictionary(pair => pair.Key, pair => pair.Value);
            if (!values.Remove(name))
                values[name] = zeros([1, 1, 16]);
            SafetensorsFile.Write(path, values.Select(pair => (pair.Key, pair.Value)));
        }

        using var file = SafetensorsFile.Open(path);
        var error = Assert.Throws<InvalidDataException>(() => SegmenterStart.FromTrunk(OfTiny, file, new RandomStream(2)));

        Assert.Contains(path, error.Message);
        Assert.Contains($"1 {what} ({name})", error.Message);
    }

    [SharedFact("weights/vit_tiny_patch16_224.safetensors")]
    public void A_vision_transformer_starts_the_encoder()
    {
        using var scope = NewDisposeScope();
        using var file = SafetensorsFile.Open(Path.Combine(TestFolders.Shared!, "weights/vit_tiny_patch16_224.safetensors"));
        var settings = SemPLeS.Experiments.PhotographRetrainingPreset.Network(20);
        using var segmenter = SegmenterStart.FromTrunk(settings, file, new RandomStream(3));
        var weights = segmenter.state_dict();

        Assert.Equal(file.Read("pos_embed").bytes, weights["encoder.pos_embed"].bytes);
        Assert.Equal(file.Read("cls_token").bytes, weights["encoder.cls_token"].bytes);
        Assert.Equal([1, 21, 192], weights["decoder.cls_emb"].shape);
        using var larger = SegmenterStart.FromTrunk(settings with { ImageSize = 448 }, file, new RandomStream(3));
        Assert.Equal([1, 1 + 28 * 28, 192], larger.state_dict()["encoder.pos_embed"].shape);
    }

    [Theory]
    [InlineData(nameof(SegmenterSettings.Labels), 1)]
    [InlineData(nameof(SegmenterSettings.Labels), 256)]
    [InlineData(nameof(SegmenterSettings.DecoderDepth), 0)]
    public void Settings_out_of_range_are_errors_that_name_them(string name, int value)
    {
        var settings = name == nameof(SegmenterSettings.Labels) ? SmallRetraining.Network with { Labels = value } : SmallRetraining.Network with { DecoderDepth = value };

        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => SegmenterStart.Random(settings, new RandomStream(0))).ParamName);
    }

    [Fact]
    public void Images_of_another_shape_are_an_error()
    {
        using var scope = NewDisposeScope();
        using var segmenter = Evaluated(SmallRetraining.Network);

        Assert.Throws<ArgumentException>(() => segmenter.Forward(Generators.Images(1, 4, 16, 16)));
        Assert.Throws<ArgumentException>(() => segmenter.Forward(Generators.Images(3, 16, 16)));
    }

    private static SegmenterSettings OfTiny { get; } = new()
    {
        Labels = 4,
        ImageSize = 32,
        PatchSize = 8,
        Width = 16,
        Depth = 2,
        Heads = 2,
        HiddenWidth = 32,
    };

    private static Segmenter Evaluated(SegmenterSettings settings)
    {
        var segmenter = SegmenterStart.Random(settings, new RandomStream(0));
        segmenter.eval();
        return segmenter;
    }

    private static void AssertEqual(Tensor expected, Tensor actual) => Assert.InRange(Distance(expected, actual), 0, 1e-6 * expected.norm().item<float>());

    private static double Distance(Tensor one, Tensor other) => (one - other).norm().item<float>();

    private static double Deviation(Tensor values) => values.norm().item<float>() / Math.Sqrt(values.NumberOfElements);
}
