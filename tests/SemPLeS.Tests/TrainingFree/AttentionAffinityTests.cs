using SemPLeS.Tests.Clip;
using SemPLeS.TrainingFree;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.TrainingFree;

public sealed class AttentionAffinityTests
{
    [Fact]
    public void Sinkhorns_normalisation_of_three_by_three_is_the_one_worked_out_by_hand()
    {
        using var scope = NewDisposeScope();
        // Columns add up to 4, 5 and 8: the rows become 1/4 2/5 1/8, 1/2 1/5 1/2 and 1/4 2/5 3/8, which add up to 31/40, 6/5 and 41/40.
        var once = AttentionAffinity.Sinkhorn(tensor(new double[] { 1, 2, 1, 2, 1, 4, 1, 2, 3 }, [3, 3]), 1);
        double[] expected = [10.0 / 31, 16.0 / 31, 5.0 / 31, 5.0 / 12, 1.0 / 6, 5.0 / 12, 10.0 / 41, 16.0 / 41, 15.0 / 41];
        Assert.All(expected.Zip(once.data<double>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
        var many = AttentionAffinity.Sinkhorn(tensor(new double[] { 1, 2, 1, 2, 1, 4, 1, 2, 3 }, [3, 3]), 60);
        Assert.All(many.sum([0]).data<double>().ToArray().Concat(many.sum([1]).data<double>().ToArray()), sum => Assert.Equal(1, sum, 1e-9));
        Assert.Equal([1, 2, 3, 4], AttentionAffinity.Sinkhorn(tensor(new double[] { 1, 2, 3, 4 }, [2, 2]), 0).data<double>().ToArray());
    }

    [Fact]
    public void The_affinity_is_that_of_a_direct_formula()
    {
        using var scope = NewDisposeScope();
        var attention = Enumerable.Range(0, 3).Select(block => (Clips.Values(5, 5) * (block + 1) / 2).softmax(1)).ToArray();

        var actual = AttentionAffinity.Of(attention, blocks: 2, rounds: 3);

        var expected = Direct([.. attention[1..].Select(map => map.data<float>().ToArray())], 5, rounds: 3);
        Assert.Equal([4, 4], actual.shape);
        Assert.All(expected.Zip(actual.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
    }

    [Fact]
    public void What_is_no_attention_is_an_error()
    {
        using var scope = NewDisposeScope();
        Assert.Throws<ArgumentException>(() => AttentionAffinity.Of([zeros(3, 3)], 2));
        Assert.Throws<ArgumentException>(() => AttentionAffinity.Of([zeros(3, 3)], 0));
        Assert.Contains("[3, 2]", Assert.Throws<ArgumentException>(() => AttentionAffinity.Of([zeros(3, 2)], 1)).Message, StringComparison.Ordinal);
    }

    private static double[] Direct(float[][] attention, int tokens, int rounds)
    {
        var n = tokens - 1;
        var d = new double[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                d[i, j] = attention.Average(map => map[(i + 1) * tokens + j + 1]);
        }

        for (var round = 0; round < rounds; round++)
        {
            double[] columns = [.. Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(i => d[i, j]))];
            Each((i, j) => d[i, j] / columns[j]);
            double[] rows = [.. Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => d[i, j]))];
            Each((i, j) => d[i, j] / rows[i]);
        }

        return [.. from i in Enumerable.Range(0, n)
                   from j in Enumerable.Range(0, n)
                   select Enumerable.Range(0, n).Sum(k => (d[i, k] + d[k, i]) / 2 * (d[k, j] + d[j, k]) / 2)];

        void Each(Func<int, int, double> value)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                    d[i, j] = value(i, j);
            }
        }
    }
}
