using System.Text.Json;
using SemPLeS.Clip;
using SemPLeS.Tests.Goldens;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Clip;

public sealed class ClipGoldenTests
{
    public static TheoryData<string> Files => [.. TestFolders.GoldenFiles("clip").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Features_of_images_and_patches_equal_the_reference_and_so_do_gradients(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenTensors(Path.Combine(TestFolders.Goldens, file));
        using var clip = ClipModel.Load(golden.File, "model.");
        var images = golden["in.image"].requires_grad_();
        var features = clip.EncodeImage(images);
        golden.AssertClose("out.image_features", features);
        golden.AssertClose("out.image_patch_features", clip.EncodePatches(images));

        (features * golden["in.image_cotangent"]).sum().backward();
        golden.AssertClose("out.image_grad", Assert.IsAssignableFrom<Tensor>(images.grad));
        Assert.All(clip.named_parameters(), named => Assert.True(named.parameter.grad is null, $"{named.name} has a gradient"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Features_of_texts_equal_the_reference(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenTensors(Path.Combine(TestFolders.Goldens, file));
        using var clip = ClipModel.Load(golden.File, "model.");
        golden.AssertClose("out.text_features", clip.EncodeText(golden.File.Read("in.tokens")));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Features_of_prompts_equal_the_reference_and_so_do_gradients(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenTensors(Path.Combine(TestFolders.Goldens, file));
        using var clip = ClipModel.Load(golden.File, "model.");
        using var learner = new PromptLearner(golden["in.prompts"], Template(golden));
        learner.RequireFit(clip.Settings, (int)golden["in.prompts"].shape[0]);
        var features = learner.Encode(clip);
        golden.AssertClose("out.prompt_features", features);

        (features * golden["in.prompt_cotangent"]).sum().backward();
        golden.AssertClose("out.prompt_grad", Assert.IsAssignableFrom<Tensor>(learner.Prompts.grad));
        Assert.All(clip.named_parameters(), named => Assert.True(named.parameter.grad is null, $"{named.name} has a gradient"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Padding_that_is_computed_changes_nothing(string file)
    {
        using var scope = NewDisposeScope();
        using var golden = new GoldenTensors(Path.Combine(TestFolders.Goldens, file));
        using var clip = ClipModel.Load(golden.File, "model.");
        var template = Template(golden);
        var prompts = golden["in.prompts"];
        var padding = new int[clip.Settings.ContextLength - template.TokensWith((int)prompts.shape[1])];
        var padded = cat([Embed(template.Opening), prompts, Embed([.. template.Closing, .. padding])], 1);
        Assert.Equal(clip.Settings.ContextLength, padded.shape[1]);
        golden.AssertClose("out.prompt_features", clip.EncodeEmbedded(padded, template.TokensWith((int)prompts.shape[1]) - 1));

        Tensor Embed(IReadOnlyList<int> tokens) =>
            clip.EmbedTokens(tensor([.. tokens.Select(token => (long)token)], [1, tokens.Count])).expand(prompts.shape[0], -1, -1);
    }

    private static PromptTemplate Template(GoldenTensors golden) => new(
        golden.Number("sot"),
        JsonSerializer.Deserialize<int[]>(golden.File.Metadata["template_prefix"])!,
        [.. golden.File.Metadata["template_suffix"].Trim('[', ']').Split(',').Select(int.Parse)],
        golden.Number("eot"));
}
