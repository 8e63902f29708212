namespace SemPLeS.Evaluation;

/// <summary>
/// How well maps point at regions: intersection over union of "above a threshold" and "in the region", over the pixels of all pictures together, at the best
/// threshold. One threshold serves all pictures, so that none is fitted to a picture.
/// </summary>
public sealed class RegionOverlap
{
    private const int Levels = 100;

    // By level: pixels whose value reaches it, in the region and in all.
    private readonly long[] _inside = new long[Levels];
    private readonly long[] _all = new long[Levels];
    private long _region;
    private long _pixels;

    /// <summary>The pictures that were added.</summary>
    public int Pictures { get; private set; }

    /// <summary>The region's share of all pixels, in 0..1: the overlap of a map that points everywhere.</summary>
    /// <exception cref="InvalidOperationException">No picture was added.</exception>
    public double Everywhere => _pixels > 0 ? (double)_region / _pixels : throw new InvalidOperationException("There is no picture to measure.");

    /// <summary>Adds a picture.</summary>
    /// <param name="map">Values in 0..1.</param>
    /// <param name="region">Which pixels belong to the region, as many.</param>
    /// <exception cref="ArgumentException">The two have different lengths, or a value is outside 0..1.</exception>
    public void Add(ReadOnlySpan<float> map, ReadOnlySpan<bool> region)
    {
        if (map.Length != region.Length)
            throw new ArgumentException($"A map of {map.Length} values does not fit a region of {region.Length} pixels.", nameof(region));
        for (var i = 0; i < map.Length; i++)
        {
            if (!(map[i] >= 0 && map[i] <= 1))
                throw new ArgumentException($"The map has the value {map[i]}; values are in 0..1.", nameof(map));
            var level = Math.Min(Levels - 1, (int)(map[i] * Levels));
            _all[level]++;
            if (region[i])
            {
                _inside[level]++;
                _region++;
            }
        }

        _pixels += map.Length;
        Pictures++;
    }

    /// <summary>The greatest overlap of the thresholds 0, .01 ... .99.</summary>
    /// <returns>The overlap in 0..1 and its threshold; 0 at threshold 0 where the region has no pixel.</returns>
    /// <exception cref="InvalidOperationException">No picture was added.</exception>
    public (double Iou, double Threshold) Best()
    {
        _ = Everywhere;
        var best = (Iou: 0.0, Threshold: 0.0);
        long inside = 0, all = 0;
        for (var level = Levels - 1; level >= 0; level--)
        {
            (inside, all) = (inside + _inside[level], all + _all[level]);
            var iou = all + _region - inside is > 0 and var union ? (double)inside / union : 0;
            if (iou > best.Iou)
                best = (iou, (double)level / Levels);
        }

        return best;
    }
}
