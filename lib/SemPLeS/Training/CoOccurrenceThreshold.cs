using SemPLeS.Data;
using SemPLeS.Objectives;
using static TorchSharp.torch;

namespace SemPLeS.Training;

/// <summary>A threshold for <see cref="CoOccurrenceObjective"/> where none is published: it needs pictures and texts, and no mask.</summary>
public static class CoOccurrenceThreshold
{
    private const int Batch = 50;

    /// <summary>A quantile of the cosines between pictures as they are and texts about backgrounds.</summary>
    /// <param name="clip">CLIP with background texts, on <paramref name="device"/>.</param>
    /// <param name="images">Pictures; those of another size than CLIP sees are squashed.</param>
    /// <param name="statistics">How this CLIP's pictures are normalised.</param>
    /// <param name="device">Where CLIP is.</param>
    /// <param name="quantile">In 0..1; of values between two cosines the lower one.</param>
    /// <returns>In -1..1.</returns>
    /// <exception cref="ArgumentException">CLIP has no background texts, or there is no picture.</exception>
    public static double Measure(StageClip clip, ILabelledImages images, ChannelStatistics statistics, Device device, double quantile = .75)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(statistics);
        ArgumentOutOfRangeException.ThrowIfNegative(quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);
        var texts = clip.BackgroundTextFeatures ?? throw new ArgumentException("CLIP was given no texts about backgrounds.", nameof(clip));
        if (images.Count == 0)
            throw new ArgumentException("There is no picture to measure a threshold on.", nameof(images));
        using var noGradient = no_grad();
        var side = clip.Model.Settings.ImageSize;
        var cosines = new List<float>();
        for (var first = 0; first < images.Count; first += Batch)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(Batch, images.Count - first);
            var pixels = new float[count * 3 * side * side];
            for (var i = 0; i < count; i++)
                statistics.Normalise(Resampler.Resize(images.Image(first + i), side, side, ResampleFilter.Bicubic), pixels.AsSpan(i * 3 * side * side, 3 * side * side));
            var features = clip.Model.EncodeImage(tensor(pixels, [count, 3, side, side]).to(device));
            cosines.AddRange(Similarity.Matrix(features, texts).cpu().contiguous().data<float>().ToArray());
        }

        cosines.Sort();
        return cosines[(int)(quantile * (cosines.Count - 1))];
    }
}
