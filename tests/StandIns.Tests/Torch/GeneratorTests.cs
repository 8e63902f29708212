using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

public sealed class GeneratorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Equal_seeds_give_equal_draws_and_others_do_not()
    {
        Assert.Equal(Draws(5), Draws(5));
        Assert.NotEqual(Draws(5), Draws(6));
    }

    [Fact]
    public void A_generator_that_is_seeded_again_starts_again()
    {
        using var generator = new Generator(3);
        var first = Values.Of(rand(4, generator: generator));
        Assert.NotEqual(first, Values.Of(rand(4, generator: generator)));
        generator.manual_seed(3);

        Assert.Equal(first, Values.Of(rand(4, generator: generator)));
    }

    [Fact]
    public void Two_generators_do_not_disturb_each_other_nor_the_common_one()
    {
        using var one = new Generator(1);
        manual_seed(8);
        var (ownAlone, commonAlone) = (Values.Of(rand(4, generator: one)), Values.Of(rand(4)));
        using var again = new Generator(1);
        using var other = new Generator(2);
        manual_seed(8);
        _ = rand(100, generator: other);

        Assert.Equal(commonAlone, Values.Of(rand(4)));
        Assert.Equal(ownAlone, Values.Of(rand(4, generator: again)));
    }

    [Fact]
    public void Draws_have_the_distribution_that_was_asked_for()
    {
        using var generator = new Generator(1);
        var uniform = empty(10_000).uniform_(-2, 4, generator);
        var normal = empty(10_000).normal_(3, .5, generator);

        Assert.InRange(uniform.min().item<float>(), -2, -1.99);
        Assert.InRange(uniform.max().item<float>(), 3.99, 4);
        Assert.Equal(1, uniform.mean().item<float>(), .1);
        Assert.Equal(3, normal.mean().item<float>(), .03);
        Assert.Equal(.5, normal.std().item<float>(), .03);
    }

    private static double[] Draws(ulong seed)
    {
        using var generator = new Generator(seed);
        return [.. Values.Of(rand(3, generator: generator)), .. Values.Of(randn(3, generator: generator)), .. Values.Of(zeros(8).bernoulli_(.5, generator))];
    }
}
