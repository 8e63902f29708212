using SemPLeS.Data;
using SemPLeS.PseudoMasks;
using Xunit;

namespace SemPLeS.Tests.PseudoMasks;

public sealed class DenseCrfTests
{
    private static readonly DenseCrf Crf = new(DenseCrfSettings.VocLabels);

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(1, 7, 2)]
    [InlineData(9, 1, 21)]
    [InlineData(5, 4, 1)]
    [InlineData(16, 16, 255)]
    public void Marginals_of_the_smallest_pictures_and_label_sets_are_probabilities(int width, int height, int labels)
    {
        var image = Noise(width, height);
        var seeds = new LabelMap(width, height, [.. Enumerable.Range(0, width * height).Select(i => (byte)(i % labels))]);

        AssertProbabilities(new DenseCrf(DenseCrfSettings.VocLabels).Refine(image, seeds, labels));
        AssertProbabilities(new DenseCrf(DenseCrfSettings.CocoTest).Refine(image, [.. Enumerable.Repeat(1f / labels, labels * width * height)]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(128)]
    [InlineData(255)]
    public void A_picture_of_one_colour_is_smoothed_by_position(byte level)
    {
        var seeds = new LabelMap(20, 20, [.. Enumerable.Range(0, 400).Select(i => (byte)(i == 210 ? 1 : 0))]);

        var marginals = Crf.Refine(Flat(20, 20, level), seeds, 2);

        AssertProbabilities(marginals);
        Assert.All(marginals.ToLabelMap().Labels, label => Assert.Equal(0, label));
    }

    [Fact]
    public void Labels_move_to_the_edge_of_a_colour()
    {
        // Left half black, right half white; the labels change three columns too early.
        var image = new RgbImage(40, 30, [.. Enumerable.Range(0, 1200).SelectMany(i => Enumerable.Repeat((byte)(i % 40 < 20 ? 0 : 255), 3))]);
        var seeds = new LabelMap(40, 30, [.. Enumerable.Range(0, 1200).Select(i => (byte)(i % 40 < 17 ? 0 : 1))]);

        var refined = Crf.Refine(image, seeds, 2).ToLabelMap();

        Assert.Equal([.. Enumerable.Range(0, 1200).Select(i => (byte)(i % 40 < 20 ? 0 : 1))], refined.Labels);
    }

    [Fact]
    public void Pixels_to_be_ignored_take_their_label_from_the_others()
    {
        var image = Flat(20, 20, 90);
        var seeds = new LabelMap(20, 20, [.. Enumerable.Range(0, 400).Select(i => i % 20 is > 4 and < 9 ? LabelMap.Ignore : (byte)2)]);

        Assert.All(Crf.Refine(image, seeds, 3).ToLabelMap().Labels, label => Assert.Equal(2, label));
    }

    [Fact]
    public void A_picture_s_own_classes_are_the_crf_s_labels()
    {
        var image = Noise(24, 18);
        var compact = new LabelMap(24, 18, [.. Enumerable.Range(0, 24 * 18).Select(i => (byte)(i % 24 / 8))]);
        byte[] names = [0, 8, 20];
        var seeds = new LabelMap(24, 18, [.. compact.Labels.Select(label => names[label])]);

        var refined = Crf.Refine(image, seeds, classes: [7, 19]);

        Assert.Equal(Crf.Refine(image, compact, 3).ToLabelMap().Labels.Select(label => names[label]), refined.Labels);
    }

    [Fact]
    public void Without_iterations_marginals_are_the_unaries()
    {
        var crf = new DenseCrf(DenseCrfSettings.VocLabels with { Iterations = 0 });

        var marginals = crf.Refine(Flat(2, 1, 0), new LabelMap(2, 1, [0, 2]), 3);

        Assert.Equal([.7f, .15f, .15f, .15f, .15f, .7f], marginals.Values, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_crf_s_memory_holds_nothing_of_the_picture_before()
    {
        var (large, small) = (Noise(50, 40), Noise(13, 11));
        var seeds = new LabelMap(13, 11, [.. Enumerable.Range(0, 143).Select(i => (byte)(i % 2))]);
        var reused = new DenseCrf(DenseCrfSettings.VocLabels);
        reused.Refine(large, new LabelMap(50, 40, new byte[2000]), 20);

        Assert.Equal(new DenseCrf(DenseCrfSettings.VocLabels).Refine(small, seeds, 2).Values, reused.Refine(small, seeds, 2).Values);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(21)]
    public void Iterations_allocate_nothing(int labels)
    {
        var (image, seeds) = (Noise(30, 20), new LabelMap(30, 20, new byte[600]));

        Assert.Equal(Allocated(2), Allocated(40));

        long Allocated(int iterations)
        {
            var crf = new DenseCrf(DenseCrfSettings.VocLabels with { Iterations = iterations });
            crf.Refine(image, seeds, labels);
            // A collection in between counts what is left of the thread's 8 kB as allocated: the least of some runs is without one.
            return Enumerable.Range(0, 5).Min(_ =>
            {
                var before = GC.GetAllocatedBytesForCurrentThread();
                crf.Refine(image, seeds, labels);
                return GC.GetAllocatedBytesForCurrentThread() - before;
            });
        }
    }

    [Fact]
    public void Misuse_is_an_error()
    {
        var image = Flat(3, 2, 0);

        Assert.Contains("2x3", Assert.Throws<ArgumentException>(() => Crf.Refine(image, new LabelMap(2, 3, new byte[6]), 2)).Message);
        Assert.Contains("label 5", Assert.Throws<ArgumentException>(() => Crf.Refine(image, new LabelMap(3, 2, [0, 1, 5, 0, 0, 0]), 2)).Message);
        Assert.Contains("label 5", Assert.Throws<ArgumentException>(() => Crf.Refine(image, new LabelMap(3, 2, [0, 1, 5, 0, 0, 0]), [0, 1])).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Crf.Refine(image, new LabelMap(3, 2, new byte[6]), 0));
        Assert.Throws<ArgumentException>(() => Crf.Refine(image, new float[7]));
        Assert.Throws<ArgumentException>(() => Crf.Refine(image, [.5f, .5f, .5f, float.NaN, .5f, .5f]));
        Assert.Contains("GaussianSpread", Assert.Throws<ArgumentException>(() => new DenseCrf(DenseCrfSettings.Mini with { GaussianSpread = 0 })).Message);
        Assert.Contains("LabelProbability", Assert.Throws<ArgumentException>(() => new DenseCrf(DenseCrfSettings.Mini with { LabelProbability = 1 })).Message);
        Assert.Throws<ArgumentException>(() => new DenseCrf(DenseCrfSettings.Mini with { BilateralColorSpread = 1e-9 }).Refine(image, new LabelMap(3, 2, new byte[6]), 2));
    }

    private static void AssertProbabilities(CrfMarginals marginals)
    {
        Assert.Equal(marginals.Labels * marginals.Width * marginals.Height, marginals.Values.Length);
        var pixels = marginals.Width * marginals.Height;
        Assert.All(marginals.Values, value => Assert.InRange(value, 0, 1.00001f));
        Assert.All(Enumerable.Range(0, pixels), pixel => Assert.Equal(1, Enumerable.Range(0, marginals.Labels).Sum(label => marginals.Values[label * pixels + pixel]), 1e-4));
    }

    private static RgbImage Flat(int width, int height, byte level)
    {
        var pixels = new byte[width * height * 3];
        pixels.AsSpan().Fill(level);
        return new RgbImage(width, height, pixels);
    }

    private static RgbImage Noise(int width, int height)
    {
        var pixels = new byte[width * height * 3];
        new Random(5).NextBytes(pixels);
        return new RgbImage(width, height, pixels);
    }
}
