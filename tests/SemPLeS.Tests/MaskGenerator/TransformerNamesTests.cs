using SemPLeS.Data;
using SemPLeS.MaskGenerator;
using SemPLeS.Tests.Weights;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.MaskGenerator;

public sealed class TransformerNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Names_there_and_back_are_the_names_that_were(bool distilled)
    {
        using var scope = NewDisposeScope();
        using var ours = WeightsFile.Open(Transformer(distilled));

        var theirs = TransformerNames.ToHuggingFace(ours);
        var back = TransformerNames.ToTimm(theirs);

        var prefix = distilled ? "deit." : "vit.";
        Assert.Equal(ours.Names.Order(), back.Names.Order());
        Assert.All(ours.Names, name => TorchFixtures.AssertHolds(back, name, ours.Read(name)));
        Assert.Equal(distilled, theirs.Contains("deit.embeddings.distillation_token"));
        TorchFixtures.AssertHolds(theirs, prefix + "encoder.layer.1.attention.attention.value.weight", ours.Read("blocks.1.attn.qkv.weight").narrow(0, 16, 8));
        TorchFixtures.AssertHolds(theirs, prefix + "encoder.layer.0.output.dense.bias", ours.Read("blocks.0.mlp.fc2.bias"));
    }

    [Fact]
    public void A_trunk_under_hugging_faces_names_and_in_a_wrapping_starts_the_same_generator()
    {
        using var scope = NewDisposeScope();
        using var ours = WeightsFile.Open(Transformer(distilled: false));
        var theirs = TransformerNames.ToHuggingFace(ours);
        SafetensorsFile.Write(_folder.File("theirs"), theirs.Names.Select(name => ("module." + name, theirs.Read(name))));
        using var wrapped = WeightsFile.Open(_folder.File("theirs"));
        var settings = new GeneratorSettings { Classes = 3, ImageSize = 16, PatchSize = 8, Width = 8, Depth = 2, Heads = 2, HiddenWidth = 16, HeadReduction = 2, FeatureReduction = 2 };

        using var expected = GeneratorStart.FromTrunk(settings, ours, new RandomStream(1));
        using var found = GeneratorStart.FromTrunk(settings, wrapped, new RandomStream(1));

        var weights = found.state_dict();
        Assert.All(expected.state_dict(), pair => Assert.Equal(pair.Value.bytes, weights[pair.Key].bytes));
    }

    [Fact]
    public void A_generators_positions_are_resized_on_request_only_and_it_says_so()
    {
        using var scope = NewDisposeScope();
        using var generator = GeneratorStart.Random(Generators.Tiny, new RandomStream(1));
        var path = _folder.File("generator");
        generator.Save(path);
        var larger = generator.Settings with { ImageSize = 2 * generator.Settings.ImageSize };

        Assert.Contains("pos_embed: expected", Assert.Throws<InvalidDataException>(() => WeakTrGenerator.Load(path, larger)).Message, StringComparison.Ordinal);
        using var resized = WeakTrGenerator.Load(path, larger, resizePositions: true);
        using var same = WeakTrGenerator.Load(path, resizePositions: true);

        Assert.Equal((generator.Settings.Grid, (int?)null), (resized.PositionsResizedFrom, same.PositionsResizedFrom));
        Assert.Equal(generator.state_dict()["pos_embed"].bytes, same.state_dict()["pos_embed"].bytes);
    }

    /// <summary>A small ViT of random weights with a classifier, under timm's names.</summary>
    private string Transformer(bool distilled)
    {
        using var scope = NewDisposeScope();
        List<(string Name, long[] Shape)> shapes =
        [
            ("cls_token", [1, 1, 8]), ("pos_embed", [1, distilled ? 6 : 5, 8]), ("patch_embed.proj.weight", [8, 3, 8, 8]), ("patch_embed.proj.bias", [8]),
            ("norm.weight", [8]), ("norm.bias", [8]), ("head.weight", [5, 8]), ("head.bias", [5]),
        ];
        if (distilled)
            shapes.AddRange([("dist_token", [1, 1, 8]), ("head_dist.weight", [5, 8]), ("head_dist.bias", [5])]);
        for (var block = 0; block < 2; block++)
        {
            foreach (var (layer, outputs, inputs) in new[] { ("attn.qkv", 24, 8), ("attn.proj", 8, 8), ("mlp.fc1", 16, 8), ("mlp.fc2", 8, 16) })
                shapes.AddRange([($"blocks.{block}.{layer}.weight", [outputs, inputs]), ($"blocks.{block}.{layer}.bias", [outputs])]);
            foreach (var layer in new[] { "norm1", "norm2" })
                shapes.AddRange([($"blocks.{block}.{layer}.weight", [8]), ($"blocks.{block}.{layer}.bias", [8])]);
        }

        var random = new RandomStream(3);
        var path = _folder.File($"transformer-{distilled}");
        SafetensorsFile.Write(path, shapes.Select(item =>
        {
            var values = new float[item.Shape.Aggregate(1L, (product, size) => product * size)];
            random.FillNormal(values);
            return (item.Name, tensor(values, item.Shape));
        }));
        return path;
    }
}
