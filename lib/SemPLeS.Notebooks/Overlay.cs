using System.Runtime.CompilerServices;
using SemPLeS.Data;

namespace SemPLeS.Notebooks;

/// <summary>Pictures with CAMs or labels drawn over them.</summary>
public static class Overlay
{
    /// <summary>Lines grow with the picture, so that they are still seen when it is shown small.</summary>
    private const int PixelsPerLineWidth = 120;

    private static readonly Rgb White = new(255, 255, 255);
    private static readonly Rgb Black = new(0, 0, 0);

    /// <summary>The colour of what <see cref="Mistakes"/> finds labelled and is no such object.</summary>
    internal static Rgb FalseObject { get; } = new(230, 30, 30);

    /// <summary>The colour of objects that <see cref="Mistakes"/> finds missing.</summary>
    internal static Rgb Missed { get; } = new(40, 90, 240);

    /// <summary>The picture, drained of colour, under the heat map of a CAM.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="cam">height x width values in 0..1.</param>
    /// <param name="opacity">Of the heat map, in 0..1.</param>
    /// <exception cref="ArgumentException"><paramref name="cam"/> is of another size than the picture.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="opacity"/> is outside its range.</exception>
    public static RgbImage Heat(RgbImage image, ReadOnlySpan<float> cam, double opacity = .6)
    {
        ArgumentNullException.ThrowIfNull(image);
        CheckOpacity(opacity);
        var pixels = image.Width * image.Height;
        if (cam.Length != pixels)
            throw new ArgumentException($"A CAM of {cam.Length} values does not fit a picture of {image.Width}x{image.Height}.", nameof(cam));
        var result = new byte[pixels * 3];
        for (var i = 0; i < pixels; i++)
        {
            // A colour of the picture would be taken for a value of the map.
            var color = Pixel(image.Pixels, i);
            var grey = (byte)Math.Round(.299 * color.Red + .587 * color.Green + .114 * color.Blue);
            Set(result, i, ColorMaps.Heat(cam[i]).Over(new Rgb(grey, grey, grey), opacity));
        }

        return new RgbImage(image.Width, image.Height, result);
    }

    /// <summary>The picture under the colours of its labels, each region of objects with a white line just inside its border; background stays as it is.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="opacity">Of the colours, in 0..1; the lines hide what is under them.</param>
    /// <exception cref="ArgumentException"><paramref name="labels"/> is of another size than the picture.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="opacity"/> is outside its range.</exception>
    public static RgbImage Labels(RgbImage image, LabelMap labels, double opacity = .6)
    {
        CheckSize(image, labels);
        CheckOpacity(opacity);
        var result = (byte[])image.Pixels.Clone();
        var line = LineWidth(image);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var i = y * image.Width + x;
                if (labels.Labels[i] != 0)
                    Set(result, i, IsBorder(labels, x, y, line) ? White : ColorMaps.Label(labels.Labels[i]).Over(Pixel(result, i), opacity));
            }
        }

        return new RgbImage(image.Width, image.Height, result);
    }

    /// <summary>The picture with a white line inside the border of each region of objects and a black one inside that, so that one of them is seen on any picture.</summary>
    /// <param name="image">The picture: a photograph, or a heat map from <see cref="Heat"/>.</param>
    /// <param name="labels">The regions.</param>
    /// <exception cref="ArgumentException"><paramref name="labels"/> is of another size than the picture.</exception>
    public static RgbImage Contour(RgbImage image, LabelMap labels)
    {
        CheckSize(image, labels);
        var result = (byte[])image.Pixels.Clone();
        var line = LineWidth(image);
        for (var y = 0; y < image.Height; y++)
        {
            for (var x = 0; x < image.Width; x++)
            {
                var i = y * image.Width + x;
                if (labels.Labels[i] != 0 && IsBorder(labels, x, y, 2 * line))
                    Set(result, i, IsBorder(labels, x, y, line) ? White : Black);
            }
        }

        return new RgbImage(image.Width, image.Height, result);
    }

    /// <summary>The picture, drained of colour, with the mistakes of a labelling: red where it sees an object that is not there, blue where it misses one.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="labels">The labelling. An object that it takes for another one is red.</param>
    /// <param name="truth">The true labels; what they ignore is no mistake.</param>
    /// <exception cref="ArgumentException">The sizes differ.</exception>
    public static RgbImage Mistakes(RgbImage image, LabelMap labels, LabelMap truth)
    {
        CheckSize(image, labels);
        CheckSize(image, truth);
        var result = new byte[image.Pixels.Length];
        for (var i = 0; i < truth.Labels.Length; i++)
        {
            var color = Pixel(image.Pixels, i);
            var grey = (byte)Math.Round(.299 * color.Red + .587 * color.Green + .114 * color.Blue);
            var shown = new Rgb(grey, grey, grey);
            if (labels.Labels[i] != truth.Labels[i] && truth.Labels[i] != LabelMap.Ignore)
                shown = (labels.Labels[i] == 0 ? Missed : FalseObject).Over(shown, .7);
            Set(result, i, shown);
        }

        return new RgbImage(image.Width, image.Height, result);
    }

    /// <summary>The picture with a red line just inside a box.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="box">The box, within the picture.</param>
    /// <exception cref="ArgumentException">The box is empty, or reaches beyond the picture.</exception>
    public static RgbImage Box(RgbImage image, PixelBox box)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (box.Left < 0 || box.Top < 0 || box.Width < 1 || box.Height < 1 || box.Left + box.Width > image.Width || box.Top + box.Height > image.Height)
            throw new ArgumentException($"{box} is not within a picture of {image.Width}x{image.Height}.", nameof(box));
        var (result, line) = ((byte[])image.Pixels.Clone(), LineWidth(image));
        foreach (var i in box.Pixels(image.Width))
        {
            var (x, y) = (i % image.Width - box.Left, i / image.Width - box.Top);
            if (Math.Min(Math.Min(x, box.Width - 1 - x), Math.Min(y, box.Height - 1 - y)) < line)
                Set(result, i, FalseObject);
        }

        return new RgbImage(image.Width, image.Height, result);
    }

    private static int LineWidth(RgbImage image) => Math.Max(1, Math.Min(image.Width, image.Height) / PixelsPerLineWidth);

    private static void CheckSize(RgbImage image, LabelMap labels, [CallerArgumentExpression(nameof(labels))] string? name = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(labels, name);
        if (labels.Width != image.Width || labels.Height != image.Height)
            throw new ArgumentException($"Labels of {labels.Width}x{labels.Height} do not fit a picture of {image.Width}x{image.Height}.", name);
    }

    private static bool IsBorder(LabelMap labels, int x, int y, int reach)
    {
        var label = labels.Labels[y * labels.Width + x];
        for (var step = 1; step <= reach; step++)
        {
            if (Differs(x - step, y) || Differs(x + step, y) || Differs(x, y - step) || Differs(x, y + step))
                return true;
        }

        return false;

        bool Differs(int column, int row) =>
            column >= 0 && column < labels.Width && row >= 0 && row < labels.Height && labels.Labels[row * labels.Width + column] != label;
    }

    private static Rgb Pixel(byte[] pixels, int index) => new(pixels[3 * index], pixels[3 * index + 1], pixels[3 * index + 2]);

    private static void Set(byte[] pixels, int index, Rgb color) => (pixels[3 * index], pixels[3 * index + 1], pixels[3 * index + 2]) = color;

    private static void CheckOpacity(double opacity)
    {
        if (!(opacity >= 0 && opacity <= 1))
            throw new ArgumentOutOfRangeException(nameof(opacity), opacity, "An opacity lies in 0..1.");
    }
}
