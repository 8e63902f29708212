using SemPLeS.Objectives;
using SemPLeS.Tests.Training;
using SemPLeS.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Objectives;

public sealed class DelegateObjectiveTests
{
    [Fact]
    public void A_stage_with_the_library_s_own_term_as_a_function_learns_the_same_bit_for_bit()
    {
        using var stages = new SmallStages();
        var own = new DelegateObjective("refine", context => (1 - context.ForegroundPrompt.Clamped).log().mean().neg(), PairImages.Foreground);

        Assert.Equal(Trained(stages, ObjectiveSum.Refinement(2.4, .5)), Trained(stages, new ObjectiveSum([.. ObjectiveSum.Matching(2.4).Terms, new(own, .5)])));
        Assert.NotEqual(Trained(stages, ObjectiveSum.Refinement(2.4, .5)), Trained(stages, new ObjectiveSum([.. ObjectiveSum.Matching(2.4).Terms, new(own, .7)])));
    }

    [Theory]
    [InlineData("shape", "values of shape [3]")]
    [InlineData("infinite", "it gave -Infinity")]
    [InlineData("NaN", "it gave NaN")]
    [InlineData("integer", "Int64")]
    [InlineData("broadcast", "must match the size of tensor b (16)")]
    [InlineData("product", "are not (n, D) and (m, D)")]
    [InlineData("constant", "reads nothing that this stage trains")]
    [InlineData("nothing", "it gave nothing")]
    [InlineData("throw", "no idea")]
    public void What_a_reader_writes_wrong_is_told_with_the_term_and_the_shapes_and_training_can_go_on(string name, string expected)
    {
        using var stages = new SmallStages();
        var term = new DelegateObjective("mine", Terms[name]);

        var error = Assert.Throws<ObjectiveException>(() => Trained(stages, new ObjectiveSum([.. ObjectiveSum.Matching(2.4).Terms, new(term)])));

        Assert.Equal("mine", error.Term);
        Assert.Contains("The term 'mine', step 0", error.Message, StringComparison.Ordinal);
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
        Assert.Contains("Labels [4, 3], Images [4, 3, 16, 16]", error.Message, StringComparison.Ordinal);
        Assert.NotEmpty(Trained(stages, ObjectiveSum.Matching(2.4)));
    }

    [Fact]
    public void A_term_without_a_name_is_refused()
    {
        Assert.Throws<ArgumentException>(() => new DelegateObjective(" ", context => context.Labels.sum()));
        Assert.Throws<ArgumentNullException>(() => new DelegateObjective("mine", null!));
    }

    [Fact]
    public void Each_feature_is_compared_with_each_other_one()
    {
        using var scope = NewDisposeScope();
        var cosines = Similarity.Matrix(tensor(new float[] { 1, 0, 3, 4 }, [2, 2]), tensor(new float[] { 0, 2, 1, 1, -5, 0 }, [3, 2]));
        float[] expected = [0, MathF.Sqrt(.5f), -1, .8f, 1.4f * MathF.Sqrt(.5f), -.6f];
        Assert.Equal([2, 3], cosines.shape);
        Assert.All(expected.Zip(cosines.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 5));
        Assert.Throws<ArgumentException>("others", () => Similarity.Matrix(zeros(2, 3), zeros(2, 4)));
        Assert.Throws<ArgumentException>("others", () => Similarity.Matrix(zeros(3), zeros(2, 3)));
    }

    private static Dictionary<string, Func<ObjectiveContext, Tensor>> Terms { get; } = new()
    {
        ["shape"] = context => context.ForegroundLabel.Raw.narrow(0, 0, 3),
        ["infinite"] = context => (context.Masks.mean() * 0).log(),
        ["NaN"] = context => (context.Masks.mean() - 10).sqrt(),
        ["integer"] = context => context.Pairs.sum(),
        ["broadcast"] = context => (context.ForegroundFeatures.narrow(0, 0, 3) * context.Images).mean(),
        ["product"] = context => Similarity.Matrix(context.ForegroundFeatures, context.Labels).mean(),
        ["constant"] = context => context.LabelFeatures.mean(),
        ["nothing"] = _ => null!,
        ["throw"] = _ => throw new InvalidOperationException("no idea"),
    };

    private static byte[] Trained(SmallStages stages, ObjectiveSum objectives)
    {
        using var generator = SmallStages.Generator();
        using var prompts = SmallStages.Prompts();
        using var stage = StageRefinement.Prepare(generator, stages.Clip, prompts, SmallStages.Images, SmallStages.Settings(objectives), CPU);
        stage.Run();
        return [.. generator.state_dict().Values.SelectMany(tensor => tensor.bytes.ToArray())];
    }
}
