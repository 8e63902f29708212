using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Tests.Weights;
using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Clip;

public sealed class ClipModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Weights_and_settings_survive_a_file()
    {
        using var scope = NewDisposeScope();
        var path = _folder.File("clip.safetensors");
        var settings = Clips.Tiny with { Activation = ClipActivation.Gelu, LayerNormEpsilon = 1e-6, Statistics = ChannelStatistics.ImageNet };
        using var saved = Clips.Frozen(settings);
        saved.Save(path);
        using var loaded = ClipModel.Load(path);
        Assert.Equal(settings with { Statistics = loaded.Settings.Statistics }, loaded.Settings);
        Assert.Equal(settings.Statistics.Mean, loaded.Settings.Statistics.Mean);
        Assert.Equal(saved.EncodeImage(Clips.Values(2, 3, 16, 16)).bytes, loaded.EncodeImage(Clips.Values(2, 3, 16, 16)).bytes);
        Assert.False(loaded.training);
    }

    [Fact]
    public void The_activation_is_a_setting()
    {
        using var scope = NewDisposeScope();
        using var quick = Clips.Frozen();
        using var exact = Clips.Frozen(Clips.Tiny with { Activation = ClipActivation.Gelu });
        Assert.NotEqual(quick.EncodeImage(Clips.Values(1, 3, 16, 16)).bytes.ToArray(), exact.EncodeImage(Clips.Values(1, 3, 16, 16)).bytes.ToArray());
    }

    [Fact]
    public void Gradients_of_a_frozen_clip_flow_to_images_and_embedded_texts_alone()
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        var (images, embedded) = (Clips.Values(2, 3, 16, 16).requires_grad_(), Clips.Values(2, 5, 8).requires_grad_());
        (clip.EncodeImage(images).sum() + clip.EncodePatches(images).sum() + clip.EncodeEmbedded(embedded, 3).sum()).backward();
        Assert.True(images.grad!.norm().item<float>() > 0);
        Assert.True(embedded.grad!.narrow(1, 0, 4).norm().item<float>() > 0);
        Assert.Equal(0, embedded.grad!.narrow(1, 4, 1).norm().item<float>());
        Assert.All(clip.parameters(), parameter => Assert.False(parameter.requires_grad || parameter.grad is not null));
    }

    [Fact]
    public void All_weights_of_a_fresh_clip_learn_in_its_own_training()
    {
        using var scope = NewDisposeScope();
        using var clip = ClipStart.Random(Clips.Tiny, new RandomStream(1));
        var texts = clip.EncodeText(MiniVocabulary.Tokenizer, "a photo of boat.", "a photo of sky.");
        ContrastiveLoss.Compute(clip.EncodeImage(Clips.Values(3, 3, 16, 16)), texts, tensor(new float[] { 1, 0, 0, 1, 1, 0 }, [3, 2]), clip.LogitScale).backward();
        Assert.All(clip.named_parameters(), named => Assert.True(named.parameter.grad?.norm().item<float>() > 0, named.name));
    }

    [Fact]
    public void Padding_and_company_do_not_change_a_texts_feature()
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        var alone = clip.EncodeText(tensor([1L, 2, 5, 18], [1, 4]));
        var padded = clip.EncodeText(tensor([1L, 2, 5, 18, 0, 7, 0, 0, 0, 0, 0, 0], [1, 12]));
        var beside = clip.EncodeText(tensor([1L, 2, 5, 18, 3, 9, 1, 2, 3, 4, 5, 18], [2, 6])).narrow(0, 0, 1);
        Assert.True(alone.allclose(padded, 0, 1e-6));
        Assert.True(alone.allclose(beside, 0, 1e-6));
        Assert.False(alone.allclose(clip.EncodeText(tensor([1L, 5, 2, 18], [1, 4])), 0, 1e-3));
    }

    [Fact]
    public void Only_the_tokens_before_the_end_matter()
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        var embedded = Clips.Values(2, 7, 8);
        var other = cat([embedded.narrow(1, 0, 4), embedded.narrow(1, 4, 3) * 5], 1);
        Assert.True(clip.EncodeEmbedded(embedded, 3).allclose(clip.EncodeEmbedded(other, 3), 0, 1e-6));
        Assert.False(clip.EncodeEmbedded(embedded, 4).allclose(clip.EncodeEmbedded(other, 4), 0, 1e-3));
    }

    [Fact]
    public void Inputs_of_another_clip_are_errors()
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        Assert.Contains("[1, 3, 16, 24]", Assert.Throws<ArgumentException>(() => clip.EncodeImage(Clips.Values(1, 3, 16, 24))).Message, StringComparison.Ordinal);
        Assert.Contains("[2, 13]", Assert.Throws<ArgumentException>(() => clip.EncodeText(zeros([2, 13], ScalarType.Int64))).Message, StringComparison.Ordinal);
        Assert.Contains("Float32", Assert.Throws<ArgumentException>(() => clip.EncodeText(zeros([2, 12]))).Message, StringComparison.Ordinal);
        Assert.Contains("Token 19", Assert.Throws<ArgumentException>(() => clip.EncodeText(tensor([1L, 19], [1, 2]))).Message, StringComparison.Ordinal);
        Assert.Contains("[1, 4, 9]", Assert.Throws<ArgumentException>(() => clip.EncodeEmbedded(Clips.Values(1, 4, 9), 3)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => clip.EncodeEmbedded(Clips.Values(1, 4, 8), 4));
        var vocabulary = Assert.Throws<ArgumentException>(() => clip.EncodeText(ClipTokenizer.Published, "a photo of boat.")).Message;
        Assert.Contains("49408", vocabulary, StringComparison.Ordinal);
        Assert.Contains("19", vocabulary, StringComparison.Ordinal);
        var words = string.Join(' ', Enumerable.Repeat("photo", 11));
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => clip.EncodeText(MiniVocabulary.Tokenizer, words)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => clip.EncodeText(MiniVocabulary.Tokenizer));
    }

    [Fact]
    public void State_dicts_of_the_original_release_load_with_their_redundant_numbers()
    {
        using var scope = NewDisposeScope();
        var path = _folder.File("original.safetensors");
        using var clip = Clips.Frozen();
        SafetensorsFile.Write(
            path,
            [.. clip.state_dict().Select(pair => ("model." + pair.Key, pair.Value)), ("model.input_resolution", tensor([16L])), ("model.context_length", tensor([12L])), ("model.vocab_size", tensor([19L]))],
            clip.Settings.ToMetadata());
        using var file = SafetensorsFile.Open(path);
        using var loaded = ClipModel.Load(file, "model.");
        Assert.Equal(clip.EncodeText(MiniVocabulary.Tokenizer, "car").bytes, loaded.EncodeText(MiniVocabulary.Tokenizer, "car").bytes);
    }

    [Fact]
    public void Weights_of_something_else_are_errors_that_name_file_and_tensor()
    {
        var path = _folder.File("clip.safetensors");
        using var clip = Clips.Frozen();
        var values = clip.state_dict();
        values.Remove("visual.proj");
        var resnet = SaveAndLoad();
        Assert.Contains(path, resnet, StringComparison.Ordinal);
        Assert.Contains("visual.proj", resnet, StringComparison.Ordinal);

        values = clip.state_dict();
        values["text_projection"] = zeros([8, 7]);
        Assert.Contains("text_projection: expected [8, 6], found [8, 7]", SaveAndLoad(), StringComparison.Ordinal);

        values = clip.state_dict();
        values["visual.positional_embedding"] = zeros([6, 12]);
        Assert.Contains("6 positions", SaveAndLoad(), StringComparison.Ordinal);

        string SaveAndLoad()
        {
            SafetensorsFile.Write(path, values.Select(pair => (pair.Key, pair.Value)), clip.Settings.ToMetadata());
            return Assert.Throws<InvalidDataException>(() => ClipModel.Load(path)).Message;
        }
    }

    [Theory]
    [InlineData("vision_heads", "5")]
    [InlineData("transformer_heads", "many")]
    [InlineData("activation", "relu")]
    [InlineData("layer_norm_eps", "0")]
    [InlineData("std", "[0.2, 0, 0.2]")]
    public void Metadata_that_make_no_sense_are_an_error_that_names_file_and_value(string key, string value)
    {
        var path = _folder.File("clip.safetensors");
        using var clip = Clips.Frozen();
        StateDict.Save(clip, path, new Dictionary<string, string>(clip.Settings.ToMetadata()) { [key] = value });
        var message = Assert.Throws<InvalidDataException>(() => ClipModel.Load(path)).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Metadata_of_another_network_in_the_same_file_are_not_the_clips()
    {
        var path = _folder.File("both.safetensors");
        using var clip = Clips.Frozen();
        var metadata = new Dictionary<string, string> { ["layer_norm_eps"] = "1e-3", ["vision_heads"] = "1", ["clip_vision_heads"] = "3", ["clip_transformer_heads"] = "2" };
        SafetensorsFile.Write(path, clip.state_dict().Select(pair => ("clip." + pair.Key, pair.Value)), metadata);
        using var file = SafetensorsFile.Open(path);
        using var loaded = ClipModel.Load(file, "clip.");
        Assert.Equal(Clips.Tiny, loaded.Settings);
    }

    [Fact]
    public void Settings_that_fit_no_network_are_refused()
    {
        foreach (var settings in new[]
        {
            Clips.Tiny with { ImageSize = 17 }, Clips.Tiny with { VisionHeads = 5 }, Clips.Tiny with { TextHeads = 3 }, Clips.Tiny with { TextLayers = 0 },
            Clips.Tiny with { Activation = (ClipActivation)7 }, Clips.Tiny with { LayerNormEpsilon = 0 },
        })
        {
            Assert.ThrowsAny<ArgumentException>(() => ClipStart.Random(settings, new RandomStream(1)));
        }
    }

    [Fact]
    public void A_clip_made_inside_a_scope_outlives_it()
    {
        ClipModel clip;
        using (NewDisposeScope())
            clip = Clips.Frozen();
        using (clip)
        using (NewDisposeScope())
            Assert.Equal([1, 6], clip.EncodeImage(Clips.Values(1, 3, 16, 16)).shape);
    }

    [Fact]
    public void Encoding_leaves_nothing_behind_but_its_result()
    {
        using var clip = Clips.Frozen();
        using var learner = PromptLearner.Start(Clips.Tiny, 2, 3, PromptTemplate.Of(MiniVocabulary.Tokenizer), new RandomStream(1));
        using var scope = NewDisposeScope();
        var images = Clips.Values(2, 3, 16, 16);
        Tensor[] features =
        [
            clip.EncodeImage(images), clip.EncodePatches(images), clip.EncodeText(MiniVocabulary.Tokenizer, "car"), clip.EncodeText(MiniVocabulary.Tokenizer, "car", "a car"),
            learner.Encode(clip),
        ];
        Assert.Equal(1 + features.Length, scope.DisposablesCount);
    }
}
