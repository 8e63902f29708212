using SemPLeS.Data;

namespace SemPLeS.Evaluation;

/// <summary>
/// How far CAMs spill onto the background that usually goes with their class: over the pixels without an object that show the own background
/// of a class in the image, the share labelled as that class and the mean CAM of that class. Known only where backgrounds are mapped, as in
/// the miniature world. Not safe for threads: one for each worker, merged at the end.
/// </summary>
public sealed class FalseActivation
{
    // CAMs are summed in fixed point, so that the sum does not depend on the order of images and merges.
    private const double CamUnit = 1.0 / (1L << 32);

    private readonly float[] _levels;
    private readonly long[] _labelled;
    private long _camSum;

    /// <summary>Counts over no images yet.</summary>
    /// <param name="rule">Its thresholds are those that <see cref="Share"/> knows.</param>
    public FalseActivation(ThresholdRule rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _levels = [.. rule.Levels];
        _labelled = new long[_levels.Length + 1];
    }

    /// <summary>Pixels counted: no object, and the own background of a class in the image.</summary>
    public long Pixels { get; private set; }

    /// <summary>Mean over those pixels of the normalised CAM of the class that the background belongs to, in 0..1; NaN when there are none.</summary>
    public double MeanCam => _camSum * CamUnit / Pixels;

    /// <summary>Counts one image.</summary>
    /// <param name="truth">The true labels.</param>
    /// <param name="background">What is drawn behind the objects: 0 neutral, class + 1 for the own background of a class.</param>
    /// <param name="present">For each class, whether the image-level labels hold it.</param>
    /// <param name="seeds">Best class and score of each pixel.</param>
    /// <param name="cams">classes x height x width: the normalised CAMs that <paramref name="seeds"/> came from.</param>
    /// <exception cref="ArgumentException">The sizes differ, or a background is of no class. Nothing is counted then.</exception>
    public void Add(LabelMap truth, LabelMap background, IReadOnlyList<bool> present, SeedMap seeds, ReadOnlySpan<float> cams)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(background);
        ArgumentNullException.ThrowIfNull(present);
        ArgumentNullException.ThrowIfNull(seeds);
        LabelChecks.SameSize(truth, background.Width, background.Height, nameof(background));
        LabelChecks.SameSize(truth, seeds.Width, seeds.Height, nameof(seeds));
        LabelChecks.Labels(background.Labels, present.Count + 1, nameof(background));
        var pixels = truth.Labels.Length;
        if (cams.Length != (long)present.Count * pixels)
            throw new ArgumentException($"{present.Count} CAMs of {truth.Width}x{truth.Height} need {(long)present.Count * pixels} values, not {cams.Length}.", nameof(cams));
        for (var i = 0; i < pixels; i++)
        {
            var owner = background.Labels[i] - 1;
            if (truth.Labels[i] != 0 || owner < 0 || !present[owner])
                continue;
            Pixels++;
            _camSum += (long)(cams[owner * pixels + i] / CamUnit);
            if (seeds.BestClass[i] == owner)
                _labelled[ScoreLevels.Exceeded(_levels, seeds.Score[i])]++;
        }
    }

    /// <summary>Adds the counts of <paramref name="other"/>.</summary>
    /// <exception cref="ArgumentException"><paramref name="other"/> has other thresholds.</exception>
    public void Merge(FalseActivation other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (!other._levels.AsSpan().SequenceEqual(_levels))
            throw new ArgumentException("Counts at other thresholds can't be merged.", nameof(other));
        Add(other.Counts);
    }

    /// <summary>A copy of all counts, as <see cref="Add(long[])"/> takes them.</summary>
    internal long[] Counts => [Pixels, _camSum, .. _labelled];

    /// <summary>Adds counts at the same thresholds.</summary>
    internal void Add(long[] counts)
    {
        Pixels += counts[0];
        _camSum += counts[1];
        for (var i = 0; i < _labelled.Length; i++)
            _labelled[i] += counts[2 + i];
    }

    /// <summary>The share of the pixels labelled as the class that their background belongs to, in 0..1; NaN when there are no pixels.</summary>
    /// <param name="threshold">One of the rule's thresholds, such as the one that a sweep chose.</param>
    /// <exception cref="ArgumentException"><paramref name="threshold"/> is not one of the rule's.</exception>
    public double Share(float threshold)
    {
        var level = Array.IndexOf(_levels, threshold);
        if (level < 0)
            throw new ArgumentException($"{threshold} is not one of the thresholds counted.", nameof(threshold));
        return (double)_labelled.Skip(level + 1).Sum() / Pixels;
    }
}
