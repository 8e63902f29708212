namespace SemPLeS.Data;

/// <summary>
/// Random brightness, contrast, saturation and hue, each every second time, contrast before or after the colours (Liu et al., 2016, as segmentation
/// pipelines use it).
/// </summary>
/// <param name="Brightness">The largest change of a channel's value, in 0..255.</param>
/// <param name="Contrast">Channels are multiplied by 1 plus or minus at most this, in [0, 1].</param>
/// <param name="Saturation">The saturation is multiplied by 1 plus or minus at most this, in [0, 1].</param>
/// <param name="Hue">The largest change of hue, in turns, in [0, .5].</param>
public sealed record PhotometricDistortion(double Brightness = 32, double Contrast = .5, double Saturation = .5, double Hue = .1)
{
    /// <summary>The largest change of a channel's value.</summary>
    public double Brightness { get; } = Within(Brightness, 255, nameof(Brightness));

    /// <summary>The largest change of the factor of channels.</summary>
    public double Contrast { get; } = Within(Contrast, 1, nameof(Contrast));

    /// <summary>The largest change of the factor of saturation.</summary>
    public double Saturation { get; } = Within(Saturation, 1, nameof(Saturation));

    /// <summary>The largest change of hue, in turns.</summary>
    public double Hue { get; } = Within(Hue, .5, nameof(Hue));

    /// <summary>Distorts a picture in place; values are rounded and clamped to 0..255 after each change.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="random">All that is random about it.</param>
    public void Apply(RgbImage image, RandomStream random)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(random);
        var brightness = random.Chance(.5) ? random.Uniform(-Brightness, Brightness) : 0;
        var contrastFirst = random.Chance(.5);
        var contrast = Factor(Contrast);
        var saturation = Factor(Saturation);
        var hue = random.Chance(.5) ? random.Uniform(-Hue, Hue) : 0;

        Change(image.Pixels, value => value + brightness);
        if (contrastFirst)
            Change(image.Pixels, value => value * contrast);
        if (saturation != 1 || hue != 0)
            Recolour(image.Pixels, saturation, hue);
        if (!contrastFirst)
            Change(image.Pixels, value => value * contrast);

        double Factor(double change) => random.Chance(.5) ? random.Uniform(1 - change, 1 + change) : 1;
    }

    private static void Change(Span<byte> values, Func<byte, double> change)
    {
        Span<byte> changed = stackalloc byte[256];
        for (var level = 0; level < 256; level++)
            changed[level] = Rounded(change((byte)level));
        foreach (ref var value in values)
            value = changed[value];
    }

    private static void Recolour(Span<byte> pixels, double saturation, double hue)
    {
        for (var i = 0; i < pixels.Length; i += 3)
        {
            var colour = Hsv.FromRgb(pixels[i], pixels[i + 1], pixels[i + 2]);
            var changed = Hsv.ToRgb(colour.Hue + hue, Math.Min(colour.Saturation * saturation, 1), colour.Value);
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (Rounded(changed.X), Rounded(changed.Y), Rounded(changed.Z));
        }
    }

    private static byte Rounded(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);

    private static double Within(double value, double most, string name) =>
        value >= 0 && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} is in [0, {most}].");
}
