namespace SemPLeS.Data;

/// <summary>Sides of a rectangle of random area and proportions, as torchvision's crops and timm's erasing draw them.</summary>
internal static class RandomRectangle
{
    private const int Attempts = 10;

    /// <summary>Draws two sides, in whole pixels.</summary>
    /// <param name="area">What the shares are of, in pixels.</param>
    /// <param name="smallestShare">The least share of the area.</param>
    /// <param name="largestShare">The largest.</param>
    /// <param name="largestRatio">The largest first side over second; its logarithm is uniform, and the smallest is the inverse.</param>
    /// <param name="most">The longest sides that fit.</param>
    /// <param name="random">All that is random about it.</param>
    /// <returns>Null where ten draws give none that fits.</returns>
    public static (int First, int Second)? Draw(
        double area, double smallestShare, double largestShare, double largestRatio, (int First, int Second) most, RandomStream random)
    {
        var bound = Math.Log(largestRatio);
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var wanted = area * random.Uniform(smallestShare, largestShare);
            var ratio = Math.Exp(random.Uniform(-bound, bound));
            var (first, second) = ((int)Math.Round(Math.Sqrt(wanted * ratio)), (int)Math.Round(Math.Sqrt(wanted / ratio)));
            if (first >= 1 && second >= 1 && first <= most.First && second <= most.Second)
                return (first, second);
        }

        return null;
    }
}
