using SemPLeS.Clip;
using SemPLeS.Tests.Weights;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Clip;

public sealed class ClipNamesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, Func<WeightsFile, WeightsFile>> Publishers { get; } = new()
    {
        { "OpenAI", ClipNames.ToOpenAi }, { "Hugging Face", ClipNames.ToHuggingFace }, { "OpenCLIP", ClipNames.ToOpenClip },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Publishers))]
    public void A_clip_under_any_publishers_names_gives_the_same_features(string publisher, Func<WeightsFile, WeightsFile> toTheirs)
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        clip.Save(_folder.File("ours"));
        using var ours = WeightsFile.Open(_folder.File("ours"));
        SafetensorsFile.Write(_folder.File(publisher), toTheirs(ours));

        using var loaded = ClipModel.Load(_folder.File(publisher));

        Assert.Equal(Clips.Tiny, loaded.Settings with { Statistics = Clips.Tiny.Statistics });
        Assert.Equal(clip.EncodeText(MiniVocabulary.Tokenizer, "car").bytes, loaded.EncodeText(MiniVocabulary.Tokenizer, "car").bytes);
        Assert.Equal(clip.EncodePatches(Clips.Values(1, 3, 16, 16)).bytes, loaded.EncodePatches(Clips.Values(1, 3, 16, 16)).bytes);
    }

    [Theory]
    [MemberData(nameof(Publishers))]
    public void Names_there_and_back_are_the_names_that_were(string publisher, Func<WeightsFile, WeightsFile> toTheirs)
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        clip.Save(_folder.File(publisher));
        using var ours = WeightsFile.Open(_folder.File(publisher));

        var back = ClipNames.ToOpenAi(toTheirs(ours));

        Assert.Equal(ours.Names.Order(), back.Names.Order());
        Assert.All(ours.Names, name => TorchFixtures.AssertHolds(back, name, ours.Read(name)));
    }

    [Fact]
    public void Hugging_faces_names_and_layouts_are_those_it_publishes()
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        clip.Save(_folder.File("ours"));
        using var ours = WeightsFile.Open(_folder.File("ours"));
        var theirs = ClipNames.ToHuggingFace(ours);

        // 8 + 2 x 16 of each side, of which each block has 16 in the place of 12.
        Assert.Equal(ours.Names.Count + 4 * 4, theirs.Names.Count);
        TorchFixtures.AssertHolds(theirs, "text_model.encoder.layers.1.self_attn.k_proj.weight", ours.Read("transformer.resblocks.1.attn.in_proj_weight").narrow(0, 8, 8));
        TorchFixtures.AssertHolds(theirs, "vision_model.encoder.layers.0.self_attn.v_proj.bias", ours.Read("visual.transformer.resblocks.0.attn.in_proj_bias").narrow(0, 24, 12));
        TorchFixtures.AssertHolds(theirs, "visual_projection.weight", ours.Read("visual.proj").transpose(0, 1));
        TorchFixtures.AssertHolds(theirs, "vision_model.pre_layrnorm.bias", ours.Read("visual.ln_pre.bias"));
        TorchFixtures.AssertHolds(theirs, "text_model.final_layer_norm.weight", ours.Read("ln_final.weight"));
        TorchFixtures.AssertHolds(theirs, "vision_model.encoder.layers.1.mlp.fc2.weight", ours.Read("visual.transformer.resblocks.1.mlp.c_proj.weight"));
    }

    [Fact]
    public void Wrappings_masks_and_counters_of_published_files_do_not_matter()
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        clip.Save(_folder.File("ours"));
        using var ours = WeightsFile.Open(_folder.File("ours"));
        var theirs = ClipNames.ToHuggingFace(ours);
        (string, Tensor)[] tensors =
        [
            .. theirs.Names.Where(name => name != "logit_scale").Select(name => ("module." + name, theirs.Read(name))), ("module.logit_scale", theirs.Read("logit_scale").reshape(1)),
            ("module.vision_model.embeddings.position_ids", zeros([1, 5], ScalarType.Int64)), ("module.text_model.embeddings.position_ids", zeros([1, 12], ScalarType.Int64)),
        ];
        SafetensorsFile.Write(_folder.File("theirs"), tensors, ours.Metadata);

        using var loaded = ClipModel.Load(_folder.File("theirs"));

        Assert.Equal(clip.EncodeText(MiniVocabulary.Tokenizer, "car").bytes, loaded.EncodeText(MiniVocabulary.Tokenizer, "car").bytes);
    }

    [Fact]
    public void A_wrapping_may_also_be_given_as_the_prefix_that_it_is()
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        SafetensorsFile.Write(_folder.File("wrapped"), clip.state_dict().Select(pair => ("module." + pair.Key, pair.Value)), clip.Settings.ToMetadata());
        using var file = WeightsFile.Open(_folder.File("wrapped"));

        using var loaded = ClipModel.Load(file, "module.");

        Assert.Equal(clip.EncodeText(MiniVocabulary.Tokenizer, "car").bytes, loaded.EncodeText(MiniVocabulary.Tokenizer, "car").bytes);
    }

    [Theory]
    [InlineData(ScalarType.Float16, .002)]
    [InlineData(ScalarType.BFloat16, .02)]
    public void Half_precision_weights_are_computed_with_in_float32(ScalarType type, double tolerance)
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        clip.Save(_folder.File("half"), type);
        using var loaded = ClipModel.Load(_folder.File("half"));
        var (expected, found) = (clip.EncodeImage(Clips.Values(2, 3, 16, 16)), loaded.EncodeImage(Clips.Values(2, 3, 16, 16)));
        Assert.Equal(ScalarType.Float32, found.dtype);
        Assert.InRange((expected - found).norm().item<float>(), float.Epsilon, tolerance * expected.norm().item<float>());
    }

    [Fact]
    public void A_part_that_is_missing_is_named_with_its_nearest_candidates()
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        clip.Save(_folder.File("ours"));
        using var ours = WeightsFile.Open(_folder.File("ours"));
        var theirs = ClipNames.ToHuggingFace(ours);
        SafetensorsFile.Write(
            _folder.File("lacking"),
            theirs.Names.Where(name => name != "text_model.encoder.layers.1.self_attn.q_proj.bias")
                .Select(name => (name == "text_model.final_layer_norm.bias" ? "ln_final.biases" : name, theirs.Read(name))),
            ours.Metadata);

        var message = Assert.Throws<InvalidDataException>(() => ClipModel.Load(_folder.File("lacking"))).Message;

        Assert.Contains("ln_final.bias (nearest: ln_final.biases)", message, StringComparison.Ordinal);
        Assert.Contains("text_model.encoder.layers.1.self_attn.k_proj.bias", message, StringComparison.Ordinal);
        Assert.Contains("transformer.resblocks.1.attn.in_proj_bias", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Positions_are_resized_on_request_only_and_the_model_says_so()
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        var path = _folder.File("clip");
        clip.Save(path);
        var larger = Clips.Tiny with { ImageSize = 32 };

        Assert.Contains("expected [17, 12], found [5, 12]", Assert.Throws<InvalidDataException>(() => ClipModel.Load(path, larger)).Message, StringComparison.Ordinal);
        using var resized = ClipModel.Load(path, larger, resizePositions: true);
        using var same = ClipModel.Load(path, Clips.Tiny, resizePositions: true);

        Assert.Equal((2, (int?)null), (resized.PositionsResizedFrom, same.PositionsResizedFrom));
        var (before, after) = (clip.state_dict()["visual.positional_embedding"], resized.state_dict()["visual.positional_embedding"]);
        Assert.Equal(before[0].detach().bytes, after[0].detach().bytes);
        Assert.InRange((before.narrow(0, 1, 4).mean([0]) - after.narrow(0, 1, 16).mean([0])).norm().item<float>(), 0, 1e-5);
        Assert.Equal([1, 6], resized.EncodeImage(Clips.Values(1, 3, 32, 32)).shape);
    }

    [Theory]
    [InlineData("visual.conv1.weight", 12L, 3L, 1L, 100_000L)]
    [InlineData("visual.conv1.weight", 300_000L, 3L, 1L, 1L)]
    [InlineData("visual.transformer.resblocks.1.attn.in_proj_weight", 1L, 1L)]
    [InlineData("token_embedding.weight", 1L, 300_000L)]
    public void Sizes_that_would_make_a_network_of_more_than_the_file_are_refused(string name, params long[] shape)
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        var path = _folder.File("clip");
        SafetensorsFile.Write(path, clip.state_dict().Select(pair => (pair.Key, pair.Key == name ? zeros(shape) : pair.Value)));
        Assert.Contains(path, Assert.Throws<InvalidDataException>(() => ClipModel.Load(path)).Message, StringComparison.Ordinal);
    }
}
