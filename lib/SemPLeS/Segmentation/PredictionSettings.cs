namespace SemPLeS.Segmentation;

/// <summary>How a Segmenter sees a whole picture: windows that slide over it at several scales, each with its mirror image.</summary>
public sealed record PredictionSettings
{
    /// <summary>Side of the square window in pixels, at least 1: the crop of the training.</summary>
    public required int Window
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A window has a side of at least 1.");
    }

    /// <summary>Pixels from one window to the next, at least 1; the last one ends with the picture.</summary>
    public required int Stride
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Windows move by at least 1.");
    }

    /// <summary>The picture's shorter side at scale 1, in pixels; null: its own. Whatever the scale, no side is made shorter than the window.</summary>
    public int? ShortSide { get; init; }

    /// <summary>Scales; the probabilities of all are averaged.</summary>
    public IReadOnlyList<double> Scales { get; init; } = [1];

    /// <summary>Whether each scale is seen a second time, mirrored.</summary>
    public bool Mirror { get; init; }

    /// <summary>Labels that are never given: COCO's 10 identifiers without a class.</summary>
    public IReadOnlyList<int> Hidden { get; init; } = [];

    /// <summary>The first pixels of the windows that cover a side.</summary>
    /// <param name="side">Its pixels, at least those of the window.</param>
    public IReadOnlyList<int> Windows(int side)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(side, Window);
        var last = side - Window;
        return [.. Enumerable.Range(0, (last + Stride - 1) / Stride).Select(index => index * Stride), last];
    }

    /// <summary>The size at which a picture is seen.</summary>
    /// <param name="width">Its columns.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="scale">Above 0.</param>
    internal (int Width, int Height) At(int width, int height, double scale)
    {
        var shorter = Math.Min(width, height);
        var factor = Math.Max((ShortSide ?? shorter) * scale, Window) / shorter;
        return (Math.Max(Window, (int)Math.Round(width * factor)), Math.Max(Window, (int)Math.Round(height * factor)));
    }
}
