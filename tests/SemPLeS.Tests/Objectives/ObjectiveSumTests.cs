using SemPLeS.MaskGenerator;
using SemPLeS.Objectives;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Objectives;

public sealed class ObjectiveSumTests
{
    [Fact]
    public void A_sum_weighs_its_terms_and_reports_them_unweighted()
    {
        using var scope = NewDisposeScope();
        var context = Context();
        var sum = new ObjectiveSum(new(ClassificationObjective.ClassTokens, 2), new(ClassificationObjective.CoarseMap, -.5));
        var values = sum.Compute(context);

        // Logits of 0 cost log 2; a logit of 1 costs log(1 + e) with label 0 and log(1 + 1/e) with label 1.
        var (tokens, coarse) = (Math.Log(2), (Math.Log(1 + Math.E) + Math.Log(1 + 1 / Math.E)) / 2);
        Assert.Equal(["class tokens", "coarse map"], values.Terms.Select(term => term.Name));
        Assert.Equal(tokens, values.Terms[0].Value.item<float>(), 1e-6);
        Assert.Equal(coarse, values.Terms[1].Value.item<float>(), 1e-6);
        Assert.Equal(2 * tokens - .5 * coarse, values.Total.item<float>(), 1e-6);
        Assert.True(values.Total.requires_grad);
        Assert.All(values.Terms, term => Assert.False(term.Value.requires_grad));
    }

    [Fact]
    public void Labels_of_another_shape_are_an_error_that_names_both_shapes()
    {
        using var scope = NewDisposeScope();
        var context = Context(classes: 3);
        var message = Assert.Throws<ArgumentException>(() => ObjectiveSum.Phase1.Compute(context)).Message;
        Assert.Contains("[1, 3]", message, StringComparison.Ordinal);
        Assert.Contains("[1, 2]", message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sum_without_terms_with_a_term_twice_or_with_an_infinite_weight_is_refused()
    {
        var term = new WeightedObjective(ClassificationObjective.ClassTokens);
        Assert.Throws<ArgumentException>(() => new ObjectiveSum());
        Assert.Throws<ArgumentException>(() => new ObjectiveSum(term, term));
        Assert.Throws<ArgumentException>(() => new ObjectiveSum(term with { Weight = double.NaN }));
    }

    private static ObjectiveContext Context(int classes = 2)
    {
        var logits = zeros([1, 2]).requires_grad_();
        var map = zeros([1, 2, 1, 1]);
        return new() { Labels = tensor([1f, 0, 0], [1, 3]).narrow(1, 0, classes), Generated = new GeneratorOutput(logits, map, ones([1, 2]), map, logits, logits, null) };
    }
}
