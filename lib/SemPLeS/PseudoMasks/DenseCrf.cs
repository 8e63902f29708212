using SemPLeS.Data;

namespace SemPLeS.PseudoMasks;

/// <summary>
/// A fully connected CRF (Krähenbühl and Koltun 2011): labels of pixels that are near each other, and alike in colour, are drawn together. Mean-field
/// inference; the messages by permutohedral lattices. Works on one core, in memory that it keeps for the next picture: not safe for threads, one
/// for each worker.
/// </summary>
/// <param name="settings">Kernels and weights.</param>
/// <exception cref="ArgumentException">A setting is out of its range.</exception>
public sealed class DenseCrf(DenseCrfSettings settings)
{
    /// <summary>No more labels than label maps can hold.</summary>
    private const int MostLabels = 255;

    private readonly DenseCrfSettings _settings = Checked(settings);
    private readonly MeanField _field = new();
    private readonly CrfKernel _gaussian = new();
    private readonly CrfKernel _bilateral = new();

    /// <summary>Refines hard labels. A pixel of <see cref="LabelMap.Ignore"/> has no opinion of its own.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="seeds">A label of each pixel, 0 to <paramref name="labels"/> - 1 or 255.</param>
    /// <param name="labels">Number of labels n, 1 to 255: the others than a pixel's own share 1 - gt_prob evenly.</param>
    /// <exception cref="ArgumentException">The sizes differ, or there is no such label.</exception>
    public CrfMarginals Refine(RgbImage image, LabelMap seeds, int labels)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(seeds);
        RequireLabels(labels);
        if ((seeds.Width, seeds.Height) != (image.Width, image.Height))
            throw new ArgumentException($"Labels of {seeds.Width}x{seeds.Height} pixels are not of a picture of {image.Width}x{image.Height}.", nameof(seeds));
        var unknown = seeds.Labels.FirstOrDefault(label => label >= labels && label != LabelMap.Ignore);
        if (unknown > 0)
            throw new ArgumentException($"The label {unknown} is not in 0..{labels - 1} or {LabelMap.Ignore}.", nameof(seeds));

        var own = (float)Math.Log(_settings.LabelProbability);
        var others = (float)Math.Log((1 - _settings.LabelProbability) / Math.Max(1, labels - 1));
        _field.Start(image.Width * image.Height, labels);
        for (var pixel = 0; pixel < seeds.Labels.Length; pixel++)
        {
            var seed = seeds.Labels[pixel];
            var potentials = _field.Potentials(pixel);
            potentials.Fill(seed == LabelMap.Ignore ? 0 : others);
            if (seed != LabelMap.Ignore)
                potentials[seed] = own;
        }

        return Infer(image, labels);
    }

    /// <summary>Refines the hard labels of a picture that has only some of a data set's classes; those and the background are the CRF's labels.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="seeds">0 background, class + 1 otherwise, 255 where nothing is known.</param>
    /// <param name="classes">The picture's classes from 0, each once.</param>
    /// <returns>Labels of the same kind; no 255.</returns>
    /// <exception cref="ArgumentException">The sizes differ, or a label is of none of the classes.</exception>
    public LabelMap Refine(RgbImage image, LabelMap seeds, IReadOnlyList<int> classes)
    {
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(classes);
        byte[] known = [0, .. classes.Select(@class => checked((byte)(@class + 1)))];
        var places = new byte[256];
        Array.Fill(places, (byte)known.Length);
        places[LabelMap.Ignore] = LabelMap.Ignore;
        for (var i = 0; i < known.Length; i++)
            places[known[i]] = (byte)i;
        var unknown = seeds.Labels.FirstOrDefault(label => places[label] == known.Length);
        if (unknown > 0)
            throw new ArgumentException($"The label {unknown} is of none of the picture's classes, {string.Join(", ", classes)}.", nameof(seeds));
        return Refine(image, new LabelMap(seeds.Width, seeds.Height, [.. seeds.Labels.Select(label => places[label])]), known.Length).ToLabelMap().Renamed(classes);
    }

    /// <summary>Refines the softmax of a network.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="probabilities">labels x height x width values in 0..1.</param>
    /// <exception cref="ArgumentException">The values are not 1 to 255 whole maps of the picture's size, or one of them is no probability.</exception>
    public CrfMarginals Refine(RgbImage image, ReadOnlySpan<float> probabilities)
    {
        ArgumentNullException.ThrowIfNull(image);
        var pixels = image.Width * image.Height;
        var labels = probabilities.Length / pixels;
        if (probabilities.Length % pixels != 0)
            throw new ArgumentException($"{probabilities.Length} values are no whole maps of {image.Width}x{image.Height}.", nameof(probabilities));
        RequireLabels(labels);
        var unlikely = probabilities.IndexOfAnyExceptInRange(0f, 1.0001f);
        if (unlikely >= 0)
            throw new ArgumentException($"The value {probabilities[unlikely]} at {unlikely} is no probability.", nameof(probabilities));

        _field.Start(pixels, labels);
        var least = (float)_settings.LeastProbability;
        for (var label = 0; label < labels; label++)
        {
            var map = probabilities.Slice(label * pixels, pixels);
            for (var pixel = 0; pixel < pixels; pixel++)
                _field.Potentials(pixel)[label] = MathF.Log(Math.Clamp(map[pixel], least, 1));
        }

        return Infer(image, labels);
    }

    private static DenseCrfSettings Checked(DenseCrfSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Check();
        return settings;
    }

    private static void RequireLabels(int labels)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(labels, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(labels, MostLabels);
    }

    private CrfMarginals Infer(RgbImage image, int labels)
    {
        _gaussian.UsePositions(image.Width, image.Height, _settings.GaussianSpread);
        _bilateral.UsePositionsAndColors(image, _settings.BilateralSpread, _settings.BilateralColorSpread);
        _field.Iterate(
            (_gaussian.Lattice, (float)_settings.GaussianWeight), (_bilateral.Lattice, (float)_settings.BilateralWeight), _settings.Iterations);
        var values = new float[labels * image.Width * image.Height];
        _field.CopyMarginals(values);
        return new CrfMarginals(image.Width, image.Height, labels, values);
    }
}
