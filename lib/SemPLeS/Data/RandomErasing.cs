namespace SemPLeS.Data;

/// <summary>Noise in place of a random rectangle of a network's input (Zhong et al., 2020, in the per-pixel form with which DeiT is trained).</summary>
/// <param name="Probability">How often, 0 to 1.</param>
/// <param name="SmallestArea">The rectangle's smallest share of the area, in (0, <paramref name="LargestArea"/>].</param>
/// <param name="LargestArea">Its largest share, at most 1.</param>
/// <param name="LargestRatio">Its largest height over width, at least 1; the smallest is its inverse.</param>
public sealed record RandomErasing(double Probability = .25, double SmallestArea = .02, double LargestArea = 1.0 / 3, double LargestRatio = 1 / .3)
{
    /// <summary>How often.</summary>
    public double Probability { get; } = Probability is >= 0 and <= 1 ? Probability : throw new ArgumentOutOfRangeException(nameof(Probability), Probability, "A probability is in 0 to 1.");

    /// <summary>The rectangle's smallest share of the area.</summary>
    public double SmallestArea { get; } = SmallestArea > 0 && SmallestArea <= LargestArea
        ? SmallestArea
        : throw new ArgumentOutOfRangeException(nameof(SmallestArea), SmallestArea, $"The smallest share is above 0 and at most {LargestArea}.");

    /// <summary>The rectangle's largest share of the area.</summary>
    public double LargestArea { get; } = LargestArea <= 1 ? LargestArea : throw new ArgumentOutOfRangeException(nameof(LargestArea), LargestArea, "A share is at most 1.");

    /// <summary>The rectangle's largest height over width.</summary>
    public double LargestRatio { get; } = LargestRatio >= 1 && double.IsFinite(LargestRatio)
        ? LargestRatio
        : throw new ArgumentOutOfRangeException(nameof(LargestRatio), LargestRatio, "The largest ratio is at least 1.");

    /// <summary>Erases, or does not.</summary>
    /// <param name="values">3 x size x size normalised values: noise is standard normal, as they are.</param>
    /// <param name="size">Rows and columns.</param>
    /// <param name="random">All that is random about it.</param>
    /// <exception cref="ArgumentException">These are no 3 x size x size values.</exception>
    public void Apply(Span<float> values, int size, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (values.Length != 3 * size * size)
            throw new ArgumentException($"{values.Length} values are not 3 x {size} x {size}.", nameof(values));
        // Smaller than the input both ways.
        if (!random.Chance(Probability) || RandomRectangle.Draw((double)size * size, SmallestArea, LargestArea, LargestRatio, (size - 1, size - 1), random) is not var (height, width))
            return;
        var (left, top) = (random.Below(size - width + 1), random.Below(size - height + 1));
        for (var channel = 0; channel < 3; channel++)
        {
            for (var row = top; row < top + height; row++)
                random.FillNormal(values.Slice((channel * size + row) * size + left, width));
        }
    }
}
