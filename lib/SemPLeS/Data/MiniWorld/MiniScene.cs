namespace SemPLeS.Data.MiniWorld;

/// <summary>A scene of the miniature world, with all that is known about it.</summary>
/// <param name="Image">64 x 64 pixels.</param>
/// <param name="Truth">Of each pixel: 0, or object + 1.</param>
/// <param name="Background">Of each of the 64 x 64 pixels: 0 for a neutral wall, or background + 1; under objects too.</param>
public sealed record MiniScene(RgbImage Image, LabelMap Truth, byte[] Background)
{
    private const int FewestObjectPixels = 12;
    private const int FewestBackgroundPixels = 150;

    /// <summary>6 image-level labels: the objects of which at least 12 pixels show.</summary>
    public bool[] Tags { get; } =
        [.. Enumerable.Range(1, MiniWorldClasses.Count).Select(label => Truth.Labels.AsSpan().Count((byte)label) >= FewestObjectPixels)];

    /// <summary>Pixels of a background that no object hides.</summary>
    /// <param name="background">0 .. 5, a place in <see cref="MiniWorldClasses.Backgrounds"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such background.</exception>
    public int VisiblePixels(int background)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(background);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(background, MiniWorldClasses.Count);
        var count = 0;
        for (var i = 0; i < Background.Length; i++)
        {
            if (Background[i] == background + 1 && Truth.Labels[i] == 0)
                count++;
        }

        return count;
    }

    /// <summary>12 tags for pre-training: the objects, then the backgrounds of which at least 150 pixels show.</summary>
    public bool[] ObjectAndBackgroundTags() =>
        [.. Tags, .. Enumerable.Range(0, MiniWorldClasses.Count).Select(background => VisiblePixels(background) >= FewestBackgroundPixels)];
}
