using FsCheck;
using FsCheck.Xunit;
using SemPLeS.Data;
using SemPLeS.Segmentation;
using SemPLeS.Tests.Training;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Segmentation;

public sealed class SegmenterPredictorTests : IDisposable
{
    private readonly Segmenter _segmenter = SmallRetraining.Segmenter();

    public SegmenterPredictorTests() => _segmenter.eval();

    public void Dispose() => _segmenter.Dispose();

    [Property]
    public void Windows_cover_a_side_without_leaving_it(PositiveInt window, PositiveInt more, PositiveInt stride)
    {
        var (side, step) = (window.Get + more.Get - 1, Math.Min(stride.Get, window.Get));
        var windows = new PredictionSettings { Window = window.Get, Stride = step }.Windows(side);

        Assert.Equal(0, windows[0]);
        Assert.Equal(side - window.Get, windows[^1]);
        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, 1, step));
    }

    [Fact]
    public void A_picture_of_one_window_has_the_softmax_of_the_network()
    {
        using var scope = NewDisposeScope();
        var image = new SquareImages(1).Image(0);
        var values = new float[3 * 16 * 16];
        _segmenter.Settings.Statistics.Normalise(image, values);
        var expected = _segmenter.Forward(tensor(values, [1, 3, 16, 16])).softmax(1);

        AssertClose(expected, Predict(image, new PredictionSettings { Window = 16, Stride = 16 }));
    }

    [Fact]
    public void Overlapping_windows_are_averaged_before_the_softmax()
    {
        using var scope = NewDisposeScope();
        var image = new SquareImages(1, width: 24).Image(0);
        var values = new float[3 * 16 * 24];
        _segmenter.Settings.Statistics.Normalise(image, values);
        var input = tensor(values, [1, 3, 16, 24]);
        var (left, right) = (_segmenter.Forward(input.narrow(3, 0, 16)), _segmenter.Forward(input.narrow(3, 8, 16)));
        var expected = cat([left.narrow(3, 0, 8), (left.narrow(3, 8, 8) + right.narrow(3, 0, 8)) / 2, right.narrow(3, 8, 8)], 3).softmax(1);

        AssertClose(expected, Predict(image, new PredictionSettings { Window = 16, Stride = 12 }));
    }

    [Fact]
    public void With_mirror_images_a_mirrored_picture_has_the_mirrored_probabilities()
    {
        using var scope = NewDisposeScope();
        var image = new SquareImages(1, width: 26, height: 19).Image(0);
        var mirrored = new RgbImage(26, 19, new byte[image.Pixels.Length]);
        for (var i = 0; i < 26 * 19; i++)
            image.Pixels.AsSpan(3 * i, 3).CopyTo(mirrored.Pixels.AsSpan(3 * (i / 26 * 26 + 25 - i % 26)));
        var settings = new PredictionSettings { Window = 16, Stride = 16, Scales = [1, 1.5], Mirror = true };

        AssertClose(Values(Predict(mirrored, settings)).flip(3), Predict(image, settings));
    }

    [Theory]
    [InlineData(10, 7)]
    [InlineData(40, 16)]
    [InlineData(16, 33)]
    public void Any_picture_gets_probabilities_that_add_up_to_1(int width, int height)
    {
        using var scope = NewDisposeScope();
        var settings = new PredictionSettings { Window = 16, Stride = 11, ShortSide = 20, Scales = [.5, 1, 1.75], Mirror = true };
        var probabilities = Predict(new SquareImages(1, width: width, height: height).Image(0), settings);

        Assert.Equal((width, height, 4), (probabilities.Width, probabilities.Height, probabilities.Labels.Count));
        Assert.InRange((Values(probabilities).sum([1]) - 1).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void Hidden_labels_are_never_given()
    {
        using var scope = NewDisposeScope();
        var image = new SquareImages(1).Image(0);
        var all = Predict(image, new PredictionSettings { Window = 16, Stride = 16 });
        var winner = all.ToLabelMap().Labels.CountBy(label => label).MaxBy(count => count.Value).Key;
        var rest = Predict(image, new PredictionSettings { Window = 16, Stride = 16, Hidden = [winner] });

        Assert.Equal(all.Labels.Where(label => label != winner), rest.Labels);
        Assert.DoesNotContain(winner, rest.ToLabelMap().Labels);
        Assert.InRange((Values(rest).sum([1]) - 1).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void Winners_keep_their_probabilities_and_their_names()
    {
        var probabilities = new LabelProbabilities(2, 1, [0, 3, 7], [.2f, .1f, .7f, .3f, .1f, .6f]);
        var winners = probabilities.OfWinners();

        Assert.Equal([3, 7], probabilities.ToLabelMap().Labels);
        Assert.Equal([3, 7], winners.Labels);
        Assert.Equal([.7f, .3f, .1f, .6f], winners.Values);
        Assert.Equal([3, 7], winners.ToLabelMap().Labels);
    }

    [Fact]
    public void Settings_out_of_range_are_errors()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PredictionSettings { Window = 0, Stride = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PredictionSettings { Window = 1, Stride = 0 });
        Assert.Throws<ArgumentException>(() => new SegmenterPredictor(_segmenter, new PredictionSettings { Window = 16, Stride = 16, Scales = [] }, CPU));
        Assert.Throws<ArgumentException>(() => new SegmenterPredictor(_segmenter, new PredictionSettings { Window = 16, Stride = 16, Hidden = [0, 1, 2, 3] }, CPU));
    }

    private LabelProbabilities Predict(RgbImage image, PredictionSettings settings) => new SegmenterPredictor(_segmenter, settings, CPU).Predict(image);

    private static Tensor Values(LabelProbabilities probabilities) => tensor(probabilities.Values, [1, probabilities.Labels.Count, probabilities.Height, probabilities.Width]);

    private static void AssertClose(Tensor expected, LabelProbabilities actual) => Assert.InRange((expected - Values(actual)).abs().max().item<float>(), 0, 1e-5);
}
