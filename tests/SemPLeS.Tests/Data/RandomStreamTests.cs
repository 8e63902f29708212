using SemPLeS.Data;
using Xunit;

namespace SemPLeS.Tests.Data;

public sealed class RandomStreamTests
{
    [Fact]
    public void Bits_are_those_of_the_published_generator()
    {
        // xoshiro256starstar.c of its authors, from the state 1 2 3 4.
        ulong[] expected =
        [
            11520, 0, 1509978240, 1215971899390074240, 1216172134540287360, 607988272756665600,
            16172922978634559625, 8476171486693032832, 10595114339597558777, 2904607092377533576,
        ];
        var stream = RandomStream.FromState(1, 2, 3, 4);
        Assert.Equal(expected, expected.Select(_ => stream.Bits()));
    }

    [Fact]
    public void A_seed_becomes_a_state_by_the_published_SplitMix64()
    {
        // The first four outputs of splitmix64.c from 1234567.
        var expected = RandomStream.FromState(6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431);
        var stream = new RandomStream(1234567);
        for (var i = 0; i < 4; i++)
            Assert.Equal(expected.Bits(), stream.Bits());
    }

    [Fact]
    public void Streams_of_different_seeds_and_paths_differ()
    {
        long[][] paths =
        [
            [0], [1], [-1], [0, 0], [0, 1], [1, 0], [1, 1], [2, 2], [1, 2], [2, 1], [0, 0, 0], [0, 0, 1], [1, 0, 0], [5, 5, 5],
            [long.MaxValue, long.MinValue],
        ];
        Assert.Equal(paths.Length, paths.Select(path => new RandomStream(path[0], path.AsSpan(1)).Bits()).Distinct().Count());
        Assert.Equal(new RandomStream(3, 4, 5).Bits(), new RandomStream(3, 4, 5).Bits());
    }

    [Fact]
    public void First_numbers_of_neighbouring_streams_are_independent()
    {
        const int Count = 20_000;
        var first = Enumerable.Range(0, Count).Select(i => new RandomStream(7, 2, i).Uniform()).ToArray();
        Assert.InRange(first.Average(), .5 - 4 * .2887 / Math.Sqrt(Count), .5 + 4 * .2887 / Math.Sqrt(Count));
        for (var lag = 1; lag <= 4; lag++)
        {
            var correlation = Enumerable.Range(0, Count - lag).Average(i => (first[i] - .5) * (first[i + lag] - .5)) * 12;
            Assert.InRange(correlation, -4 / Math.Sqrt(Count), 4 / Math.Sqrt(Count));
        }
    }

    [Fact]
    public void Uniform_numbers_fill_their_range_evenly()
    {
        var stream = new RandomStream(11);
        var counts = new int[10];
        for (var i = 0; i < 100_000; i++)
            counts[(int)(stream.Uniform(-3, 7) + 3)]++;
        // Four standard deviations of a binomial count.
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 380, 10_000 + 380));
    }

    [Fact]
    public void Normal_numbers_have_the_moments_of_the_normal_distribution()
    {
        const int Count = 200_000;
        var stream = new RandomStream(12);
        var values = Enumerable.Range(0, Count).Select(_ => stream.Normal(5, 2)).Select(value => (value - 5) / 2).ToArray();
        Assert.InRange(values.Average(), -.01, .01);
        Assert.InRange(values.Average(value => value * value), .985, 1.015);
        Assert.InRange(values.Average(value => Math.Pow(value, 3)), -.04, .04);
        Assert.InRange(values.Average(value => Math.Pow(value, 4)), 2.9, 3.1);
    }

    [Theory]
    // The test values of Algorithm AS 241, and the extremes that a stream can ask for.
    [InlineData(.25, -.6744897501960817)]
    [InlineData(.001, -3.090232306167814)]
    [InlineData(1e-20, -9.262340089798408)]
    [InlineData(.5, 0)]
    [InlineData(.975, 1.959963984540054)]
    [InlineData(.0749, -1.4402382675279632)]
    public void Normal_quantiles_are_the_published_ones(double probability, double expected) =>
        Assert.Equal(expected, NormalQuantile.Of(probability), 4e-15 * Math.Max(1, Math.Abs(expected)));

    [Fact]
    public void Whole_numbers_are_even_and_stay_below_their_bound()
    {
        var stream = new RandomStream(13);
        var counts = new int[7];
        for (var i = 0; i < 70_000; i++)
            counts[stream.Below(7)]++;
        Assert.All(counts, count => Assert.InRange(count, 10_000 - 380, 10_000 + 380));
        Assert.Equal(0, stream.Below(1));
        Assert.InRange(stream.Below(int.MaxValue), 0, int.MaxValue - 1);
    }

    [Fact]
    public void Chance_has_the_given_probability()
    {
        var stream = new RandomStream(14);
        Assert.InRange(Enumerable.Range(0, 10_000).Count(_ => stream.Chance(.2)), 1840, 2160);
        Assert.Equal(0, Enumerable.Range(0, 100).Count(_ => stream.Chance(0)));
        Assert.Equal(100, Enumerable.Range(0, 100).Count(_ => stream.Chance(1)));
    }

    [Fact]
    public void A_permutation_holds_every_number_once_and_favours_no_place()
    {
        Assert.Equal(Enumerable.Range(0, 1000), new RandomStream(15).Permutation(1000).Order());
        Assert.Empty(new RandomStream(15).Permutation(0));
        var placeOfZero = new int[5];
        for (var i = 0; i < 50_000; i++)
            placeOfZero[Array.IndexOf(new RandomStream(16, i).Permutation(5), 0)]++;
        Assert.All(placeOfZero, count => Assert.InRange(count, 10_000 - 360, 10_000 + 360));
    }

    [Fact]
    public void Filled_arrays_have_the_moments_asked_for()
    {
        var values = new float[100_000];
        new RandomStream(17).FillUniform(values);
        Assert.InRange(values.Average(), .496, .504);
        Assert.InRange(values.Min(), 0, .001);
        Assert.InRange(values.Max(), .999, MathF.BitDecrement(1));
        new RandomStream(17).FillNormal(values, 3, .5);
        Assert.InRange(values.Average(), 2.99, 3.01);
        Assert.InRange(values.Average(value => (value - 3) * (value - 3)), .245, .255);
    }

    [Fact]
    public void Wrong_arguments_are_errors_that_name_the_value()
    {
        var stream = new RandomStream(0);
        Assert.Throws<ArgumentException>(() => RandomStream.FromState(0, 0, 0, 0));
        Assert.Contains("0", Assert.Throws<ArgumentOutOfRangeException>(() => stream.Below(0)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Permutation(-1));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Uniform(2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Uniform(0, double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => stream.Normal(0, -1));
        Assert.Contains("1.5", Assert.Throws<ArgumentOutOfRangeException>(() => stream.Chance(1.5)).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => NormalQuantile.Of(1));
    }
}
