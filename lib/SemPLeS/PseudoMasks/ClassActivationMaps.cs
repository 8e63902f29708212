using SemPLeS.Evaluation;

namespace SemPLeS.PseudoMasks;

/// <summary>The normalised CAMs of the classes of one picture, at the picture's size.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Classes">Object classes from 0, in the order of the maps.</param>
/// <param name="Values">classes x height x width values in 0..1.</param>
public sealed record ClassActivationMaps(int Width, int Height, IReadOnlyList<int> Classes, float[] Values)
{
    /// <summary>The map of one class.</summary>
    /// <param name="index">Its place in <see cref="Classes"/>.</param>
    /// <returns>height x width values in 0..1.</returns>
    public ReadOnlySpan<float> Map(int index) => Values.AsSpan(index * Width * Height, Width * Height);

    /// <summary>Best class and score of each pixel; of equal classes the first. Score 0 where the picture has no class.</summary>
    public SeedMap ToSeedMap()
    {
        var pixels = Width * Height;
        var (best, score) = (new byte[pixels], new float[pixels]);
        for (var k = 0; k < Classes.Count; k++)
        {
            var map = Map(k);
            for (var i = 0; i < pixels; i++)
            {
                if (map[i] > score[i])
                    (best[i], score[i]) = ((byte)Classes[k], map[i]);
            }
        }

        return new SeedMap(Width, Height, best, score);
    }

    /// <summary>Scores of background and classes: of the background (1 - greatest CAM)^power, at a pixel whose CAMs are all 0 it is 1.</summary>
    /// <param name="power">Above 0.</param>
    /// <returns>(1 + classes) x height x width values in 0..1; they do not add up to 1.</returns>
    public float[] WithBackground(double power)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(power);
        var pixels = Width * Height;
        var all = new float[pixels + Values.Length];
        Values.CopyTo(all, pixels);
        for (var i = 0; i < pixels; i++)
        {
            var most = 0f;
            for (var k = 0; k < Classes.Count; k++)
                most = Math.Max(most, Values[k * pixels + i]);
            all[i] = (float)Math.Pow(1 - most, power);
        }

        return all;
    }

    /// <summary>Maps of all classes of the data set, zero for those that the picture does not have.</summary>
    /// <param name="classes">Number of classes.</param>
    /// <returns>classes x height x width values.</returns>
    public float[] OfAllClasses(int classes)
    {
        var all = new float[classes * Width * Height];
        for (var k = 0; k < Classes.Count; k++)
            Map(k).CopyTo(all.AsSpan(Classes[k] * Width * Height));
        return all;
    }
}
