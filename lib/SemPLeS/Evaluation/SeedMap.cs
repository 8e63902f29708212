using SemPLeS.Data;

namespace SemPLeS.Evaluation;

/// <summary>
/// What a background threshold needs to know of an image's CAMs: each pixel's best class and its score. A pixel is an object where its
/// score exceeds the threshold, which is argmax over [threshold, CAMs] with ties going to the background.
/// </summary>
public sealed record SeedMap
{
    /// <summary>Wraps the arrays without copying them.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="bestClass">height x width object classes from 0: label - 1.</param>
    /// <param name="score">height x width scores of those classes, each in 0..1.</param>
    /// <exception cref="ArgumentException">An array's length is not height x width, or a score is outside 0..1.</exception>
    public SeedMap(int width, int height, byte[] bestClass, float[] score)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        ArgumentNullException.ThrowIfNull(bestClass);
        ArgumentNullException.ThrowIfNull(score);
        var pixels = (long)width * height;
        if (bestClass.Length != pixels)
            throw new ArgumentException($"{width}x{height} pixels need {pixels} classes, not {bestClass.Length}.", nameof(bestClass));
        if (score.Length != pixels)
            throw new ArgumentException($"{width}x{height} pixels need {pixels} scores, not {score.Length}.", nameof(score));
        for (var i = 0; i < score.Length; i++)
        {
            if (!(score[i] >= 0 && score[i] <= 1))
                throw new ArgumentException($"The score {score[i]} at pixel {i} is not in 0..1.", nameof(score));
        }

        (Width, Height, BestClass, Score) = (width, height, bestClass, score);
    }

    /// <summary>Pixels in a row.</summary>
    public int Width { get; }

    /// <summary>Rows.</summary>
    public int Height { get; }

    /// <summary>height x width object classes from 0: label - 1.</summary>
    public byte[] BestClass { get; }

    /// <summary>height x width scores in 0..1.</summary>
    public float[] Score { get; }

    /// <summary>Takes the best class of each pixel; of equal ones the first.</summary>
    /// <param name="width">Pixels in a row, at least 1.</param>
    /// <param name="height">Rows, at least 1.</param>
    /// <param name="cams">classes x height x width normalised CAMs in 0..1, all zero for classes that the image does not have.</param>
    /// <exception cref="ArgumentException"><paramref name="cams"/> does not hold 1 to 254 whole maps, or a value is outside 0..1.</exception>
    public static SeedMap FromCams(int width, int height, ReadOnlySpan<float> cams)
    {
        var pixels = checked(width * height);
        if (pixels < 1 || cams.Length % pixels != 0 || cams.Length / pixels is < 1 or > 254)
            throw new ArgumentException($"{cams.Length} values are not 1 to 254 maps of {width}x{height}.", nameof(cams));
        var best = new byte[pixels];
        var score = cams[..pixels].ToArray();
        for (var k = 1; k * pixels < cams.Length; k++)
        {
            var map = cams.Slice(k * pixels, pixels);
            for (var i = 0; i < pixels; i++)
            {
                if (map[i] > score[i])
                    (best[i], score[i]) = ((byte)k, map[i]);
            }
        }

        return new SeedMap(width, height, best, score);
    }

    /// <summary>The label map at one background threshold: class + 1 where the score exceeds it, else 0.</summary>
    public LabelMap At(float threshold)
    {
        var labels = new byte[Score.Length];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = Score[i] > threshold ? (byte)(BestClass[i] + 1) : (byte)0;
        return new LabelMap(Width, Height, labels);
    }
}
