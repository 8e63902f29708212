using SemPLeS.Data;
using static TorchSharp.torch;

namespace SemPLeS.Segmentation;

/// <summary>
/// Labels whole pictures (WeakTr's test protocol): at each scale logits are averaged over overlapping windows and enlarged or reduced to the picture; the
/// probabilities are the mean of all views' softmaxes. Safe from several threads at once.
/// </summary>
/// <param name="segmenter">The Segmenter, in evaluation mode, on <paramref name="device"/>.</param>
/// <param name="settings">Windows and scales.</param>
/// <param name="device">Where the Segmenter is.</param>
public sealed class SegmenterPredictor(Segmenter segmenter, PredictionSettings settings, Device device)
{
    internal const int WindowsAtOnce = 8;

    private readonly byte[] _labels = Visible(segmenter, settings);

    /// <summary>The probabilities of all labels that are not hidden.</summary>
    /// <param name="image">The picture.</param>
    public LabelProbabilities Predict(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        using var scope = NewDisposeScope();
        using var noGradient = no_grad();
        var chosen = tensor(_labels.Select(label => (long)label).ToArray()).to(device);
        var sum = zeros([1, _labels.Length, image.Height, image.Width], device: device);
        foreach (var scale in settings.Scales)
        {
            using var view = NewDisposeScope();
            var input = Input(image, scale);
            sum.add_(Probabilities(input));
            if (settings.Mirror)
                sum.add_(Probabilities(input.flip(3)).flip(3));
        }

        var values = sum.div_(settings.Scales.Count * (settings.Mirror ? 2 : 1)).cpu().data<float>().ToArray();
        return new LabelProbabilities(image.Width, image.Height, _labels, values);

        Tensor Probabilities(Tensor input) =>
            nn.functional.interpolate(Logits(input).index_select(1, chosen), [image.Height, image.Width], mode: InterpolationMode.Bilinear, align_corners: false).softmax(1);
    }

    private Tensor Input(RgbImage image, double scale)
    {
        var (width, height) = settings.At(image.Width, image.Height, scale);
        var values = new float[3 * width * height];
        segmenter.Settings.Statistics.Normalise(Resampler.Resize(image, width, height, ResampleFilter.Bilinear), values);
        return tensor(values, [1, 3, height, width]).to(device);
    }

    /// <summary>(1, N, h, w): the mean of the windows' logits.</summary>
    private Tensor Logits(Tensor input)
    {
        using var scope = NewDisposeScope();
        var (height, width, side) = ((int)input.shape[2], (int)input.shape[3], settings.Window);
        var sum = zeros([1, segmenter.Settings.Labels, height, width], device: device);
        var count = zeros([1, 1, height, width], device: device);
        var windows = settings.Windows(height).SelectMany(top => settings.Windows(width).Select(left => (top, left)));
        foreach (var some in windows.Chunk(WindowsAtOnce))
        {
            using var part = NewDisposeScope();
            var logits = segmenter.Forward(cat(some.Select(window => At(input, window)).ToArray()));
            for (var i = 0; i < some.Length; i++)
            {
                At(sum, some[i]).add_(logits.narrow(0, i, 1));
                At(count, some[i]).add_(1);
            }
        }

        return sum.div_(count).MoveToOuterDisposeScope();

        Tensor At(Tensor map, (int Top, int Left) window) => map.narrow(2, window.Top, side).narrow(3, window.Left, side);
    }

    private static byte[] Visible(Segmenter segmenter, PredictionSettings settings)
    {
        ArgumentNullException.ThrowIfNull(segmenter);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.Scales.Count == 0 || !settings.Scales.All(scale => scale > 0))
            throw new ArgumentException($"A prediction needs scales above 0, not '{string.Join(' ', settings.Scales)}'.", nameof(settings));
        byte[] visible = [.. Enumerable.Range(0, segmenter.Settings.Labels).Except(settings.Hidden).Select(label => (byte)label)];
        return visible.Length > 0 ? visible : throw new ArgumentException("Every label is hidden.", nameof(settings));
    }
}
