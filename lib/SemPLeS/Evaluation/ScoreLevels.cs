namespace SemPLeS.Evaluation;

/// <summary>Places scores between thresholds.</summary>
internal static class ScoreLevels
{
    /// <summary>How many of the rising <paramref name="levels"/> are below <paramref name="score"/>; one that equals it is not.</summary>
    public static int Exceeded(float[] levels, float score)
    {
        var (low, high) = (0, levels.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (levels[middle] < score)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
