using SemPLeS.Clip;
using SemPLeS.Data;
using SemPLeS.Tests.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Clip;

public sealed class PromptLearnerTests : IDisposable
{
    private static readonly PromptTemplate Template = PromptTemplate.Of(MiniVocabulary.Tokenizer);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_default_template_is_a_photo_of_and_a_full_stop()
    {
        Assert.Equal([1, 2, 3, 4], Template.Opening);
        Assert.Equal([5, 18], Template.Closing);
        Assert.Equal(14, Template.TokensWith(8));
        Assert.Equal("49406 320 1125 539 [prompt] 269 49407", PromptTemplate.Of(ClipTokenizer.Published).ToString());
        Assert.Equal(new PromptTemplate(1, [], [], 18), PromptTemplate.Bare(MiniVocabulary.Tokenizer));
        Assert.NotEqual(Template, PromptTemplate.Bare(MiniVocabulary.Tokenizer));
    }

    [Theory]
    [InlineData("a photo of", "boat", ".")]
    [InlineData("", "a photo of boat", "")]
    [InlineData("photo", "a", "train a")]
    public void A_prompt_of_embedded_words_is_the_text_itself(string before, string prompt, string after)
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        var words = MiniVocabulary.Tokenizer.Encode(prompt).Skip(1).SkipLast(1).Select(token => (long)token).ToArray();
        using var learner = new PromptLearner(clip.EmbedTokens(tensor(words, [1, words.Length])), PromptTemplate.Of(MiniVocabulary.Tokenizer, before, after));
        Assert.True(learner.Encode(clip).allclose(clip.EncodeText(MiniVocabulary.Tokenizer, $"{before} {prompt} {after}"), 0, 1e-6));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    public void Prompts_start_uniform_and_learn_at_any_length(int length)
    {
        using var scope = NewDisposeScope();
        using var clip = Clips.Frozen();
        using var learner = PromptLearner.Start(Clips.Tiny, 40, length, Template, new RandomStream(3));
        var values = learner.Prompts.detach().data<float>().ToArray();
        Assert.Equal([40, length, 8], learner.Prompts.shape);
        Assert.InRange(values.Min(), 0, .05);
        Assert.InRange(values.Max(), .95, 1);
        Assert.InRange(values.Average(), .45, .55);
        var features = learner.Encode(clip);
        Assert.Equal([40, 6], features.shape);
        features.square().sum().backward();
        Assert.True(learner.Prompts.grad!.norm().item<float>() > 0);
        Assert.Equal(["prompts"], learner.named_parameters().Select(named => named.name));
    }

    [Fact]
    public void A_start_is_a_function_of_its_seed()
    {
        using var first = PromptLearner.Start(Clips.Tiny, 2, 3, Template, new RandomStream(3));
        using var again = PromptLearner.Start(Clips.Tiny, 2, 3, Template, new RandomStream(3));
        using var other = PromptLearner.Start(Clips.Tiny, 2, 3, Template, new RandomStream(4));
        Assert.Equal(first.Prompts.bytes, again.Prompts.bytes);
        Assert.NotEqual(first.Prompts.bytes.ToArray(), other.Prompts.bytes.ToArray());
    }

    [Fact]
    public void Prompts_that_do_not_fit_are_errors_before_training()
    {
        // 6 of 12 tokens are the template's.
        using var fits = PromptLearner.Start(Clips.Tiny, 2, 6, Template, new RandomStream(3));
        var tooLong = Assert.Throws<ArgumentException>(() => PromptLearner.Start(Clips.Tiny, 2, 7, Template, new RandomStream(3))).Message;
        Assert.Contains("13 tokens", tooLong, StringComparison.Ordinal);
        Assert.Contains("context of 12", tooLong, StringComparison.Ordinal);
        Assert.Contains("context of 10", Assert.Throws<ArgumentException>(() => fits.RequireFit(Clips.Tiny with { ContextLength = 10 }, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("8 channels", Assert.Throws<ArgumentException>(() => fits.RequireFit(Clips.Tiny with { TextWidth = 16 }, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("2 classes, not for 3", Assert.Throws<ArgumentException>(() => fits.RequireFit(Clips.Tiny, 3)).Message, StringComparison.Ordinal);
        Assert.Contains("Token 18", Assert.Throws<ArgumentException>(() => fits.RequireFit(Clips.Tiny with { VocabularySize = 12 }, 2)).Message, StringComparison.Ordinal);
        fits.RequireFit(Clips.Tiny, 2);
        using var clip = Clips.Frozen(Clips.Tiny with { TextWidth = 16 });
        Assert.Throws<ArgumentException>(() => fits.Encode(clip));
        Assert.Throws<ArgumentException>(() => new PromptLearner(zeros([2, 3]), Template));
    }

    [Fact]
    public void Prompts_survive_a_file_and_another_template_is_an_error()
    {
        var path = _folder.File("prompts.safetensors");
        using var saved = PromptLearner.Start(Clips.Tiny, 2, 3, Template, new RandomStream(3));
        saved.Save(path);
        using var loaded = PromptLearner.Load(path, Template);
        Assert.Equal(saved.Prompts.bytes, loaded.Prompts.bytes);
        Assert.True(loaded.Prompts.requires_grad);
        var message = Assert.Throws<InvalidDataException>(() => PromptLearner.Load(path, PromptTemplate.Bare(MiniVocabulary.Tokenizer))).Message;
        Assert.Contains(path, message, StringComparison.Ordinal);
        Assert.Contains("1 2 3 4 [prompt] 5 18", message, StringComparison.Ordinal);
        Assert.Contains("1 [prompt] 18", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_without_prompts_is_an_error_that_names_it()
    {
        var path = _folder.File("clip.safetensors");
        using var clip = Clips.Frozen();
        clip.Save(path);
        Assert.Contains("has no tensor 'prompts'", Assert.Throws<InvalidDataException>(() => PromptLearner.Load(path, Template)).Message, StringComparison.Ordinal);
    }
}
