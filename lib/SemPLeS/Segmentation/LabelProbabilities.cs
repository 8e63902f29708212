using SemPLeS.Data;

namespace SemPLeS.Segmentation;

/// <summary>The probability of each label in each pixel of a picture.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Labels">The labels, 0 background, in the order of the maps; those that are left out have probability 0.</param>
/// <param name="Values">labels x height x width values in 0..1.</param>
public sealed record LabelProbabilities(int Width, int Height, IReadOnlyList<byte> Labels, float[] Values)
{
    /// <summary>The map of one label.</summary>
    /// <param name="index">Its place in <see cref="Labels"/>.</param>
    /// <returns>height x width values in 0..1.</returns>
    public ReadOnlySpan<float> Map(int index) => Values.AsSpan(index * Width * Height, Width * Height);

    /// <summary>The most probable label of each pixel; of equal ones the first.</summary>
    public LabelMap ToLabelMap() => new(Width, Height, [.. Places().Select(place => Labels[place])]);

    /// <summary>Only the labels that are the most probable in some pixel, not renormalised: what the published test protocol gives to the CRF.</summary>
    public LabelProbabilities OfWinners()
    {
        int[] winners = [.. Places().Distinct().Order()];
        var values = new float[winners.Length * Width * Height];
        for (var i = 0; i < winners.Length; i++)
            Map(winners[i]).CopyTo(values.AsSpan(i * Width * Height));
        return new(Width, Height, [.. winners.Select(winner => Labels[winner])], values);
    }

    /// <summary>The place of each pixel's most probable label.</summary>
    private int[] Places()
    {
        var places = new int[Width * Height];
        var best = Map(0).ToArray();
        for (var place = 1; place < Labels.Count; place++)
        {
            var map = Map(place);
            for (var i = 0; i < places.Length; i++)
            {
                if (map[i] > best[i])
                    (places[i], best[i]) = (place, map[i]);
            }
        }

        return places;
    }
}
