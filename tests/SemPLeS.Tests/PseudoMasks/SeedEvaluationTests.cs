using SemPLeS.Data;
using SemPLeS.Evaluation;
using SemPLeS.MaskGenerator;
using SemPLeS.PseudoMasks;
using SemPLeS.Tests.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.PseudoMasks;

public sealed class SeedEvaluationTests : IDisposable
{
    private static readonly ThresholdRule Rule = new BestThreshold(.05, .95, .1);

    private readonly WeakTrGenerator _generator = SmallTraining.Generator();

    public SeedEvaluationTests() => _generator.eval();

    public void Dispose() => _generator.Dispose();

    [Fact]
    public void The_scores_do_not_depend_on_the_number_of_workers()
    {
        var images = new SquareImages(13, width: 24) { Reading = index => Thread.Sleep(index * 3 % 4) };
        var (one, three) = (Run(images, 1), Run(images, 3));

        Assert.Equal(one.Seeds.Threshold, three.Seeds.Threshold);
        Assert.Equal(one.Seeds.Curve, three.Seeds.Curve);
        Assert.Equal(one.Seeds.Scores.MeanIou, three.Seeds.Scores.MeanIou);
        Assert.Equal((13, 13), (one.Images, three.Images));
        Assert.Null(one.FalseActivation);
    }

    [Fact]
    public void The_scores_are_those_of_every_picture_on_its_own_added_up()
    {
        var images = new SquareImages(5);
        var sweep = new ThresholdSweep(Rule, images.ClassCount + 1);
        var extractor = new CamExtractor(_generator, new CamSettings(), CPU);
        for (var i = 0; i < images.Count; i++)
            sweep.Add(images.Truth(i), extractor.Extract(images.Image(i), images.Labels(i)).ToSeedMap());

        Assert.Equal(sweep.Result().Curve, Run(images, 2).Seeds.Curve);
    }

    [Fact]
    public void Progress_counts_every_picture_once()
    {
        var seen = new List<int>();
        SeedEvaluation.Run(Extractor(), new SquareImages(7), Rule, 3, done =>
        {
            lock (seen)
                seen.Add(done);
        });

        Assert.Equal(Enumerable.Range(1, 7), seen.Order());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void What_goes_wrong_in_a_worker_is_thrown_once_as_it_is(int workers)
    {
        var images = new SquareImages(9) { Reading = index => _ = index >= 4 ? throw new InvalidDataException($"picture {index}") : index };
        var error = Assert.Throws<InvalidDataException>(() => Run(images, workers));

        Assert.StartsWith("picture ", error.Message);
        Assert.Contains(nameof(SquareImages), error.StackTrace);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_number_of_threads_is_the_one_before_whether_it_ends_well_or_not(bool damaged)
    {
        var before = get_num_threads();
        try
        {
            set_num_threads(2);
            var inside = 0;
            var images = new SquareImages(4)
            {
                Reading = index =>
                {
                    Volatile.Write(ref inside, get_num_threads());
                    if (damaged && index == 2)
                        throw new InvalidDataException();
                },
            };
            Assert.Equal(damaged, Record.Exception(() => Run(images, 2)) is InvalidDataException);

            Assert.Equal((1, 2), (inside, get_num_threads()));
        }
        finally
        {
            set_num_threads(before);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_cancelled_evaluation_stops(int workers)
    {
        using var cancellation = new CancellationTokenSource();
        var done = 0;
        Assert.Throws<OperationCanceledException>(() => SeedEvaluation.Run(
            Extractor(),
            new SquareImages(50),
            Rule,
            workers,
            count =>
            {
                Interlocked.Increment(ref done);
                if (count == 2)
                    cancellation.Cancel();
            },
            cancellation.Token));

        Assert.InRange(done, 2, 2 + workers);
    }

    [Fact]
    public void Misuse_is_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new SquareImages(2), 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Run(new SquareImages(2), -1));
        Assert.Throws<InvalidOperationException>(() => Run(new SquareImages(0), 2));
    }

    private SeedEvaluation Run(ILabelledImages images, int workers) => SeedEvaluation.Run(Extractor(), images, Rule, workers);

    private CamExtractor Extractor() => new(_generator, new CamSettings(), CPU);
}
