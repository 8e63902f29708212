using SemPLeS.Data;

namespace SemPLeS.PseudoMasks;

/// <summary>What a CRF believes of each pixel: the marginals Q of its labels, which add up to 1.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Labels">Number of labels, 1 to 255.</param>
/// <param name="Values">labels x height x width values in 0..1.</param>
public sealed record CrfMarginals(int Width, int Height, int Labels, float[] Values)
{
    /// <summary>The most likely label of each pixel, 0 to <see cref="Labels"/> - 1; of equal ones the first.</summary>
    public LabelMap ToLabelMap() => ToLabelMap(0);

    /// <summary>The same, with <see cref="LabelMap.Ignore"/> where the most likely label is less probable than <paramref name="least"/>.</summary>
    /// <param name="least">In 0..1.</param>
    public LabelMap ToLabelMap(float least)
    {
        var pixels = Width * Height;
        var (best, labels) = (Values[..pixels], new byte[pixels]);
        for (var label = 1; label < Labels; label++)
        {
            var values = Values.AsSpan(label * pixels, pixels);
            for (var i = 0; i < pixels; i++)
            {
                if (values[i] > best[i])
                    (best[i], labels[i]) = (values[i], (byte)label);
            }
        }

        for (var i = 0; i < pixels; i++)
        {
            if (best[i] < least)
                labels[i] = LabelMap.Ignore;
        }

        return new LabelMap(Width, Height, labels);
    }
}
