using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace SemPLeS.Data;

/// <summary>Label maps in PNG files, as PASCAL VOC keeps them: the palette's index is the label, its colour is for the eye.</summary>
public static class LabelFile
{
    private const int Grey = 0;
    private const int Rgb = 2;
    private const int Palette = 3;

    private static readonly Dictionary<(byte, byte, byte), byte> LabelsOfColors = Enumerable.Range(0, 256).ToDictionary(
        label => (VocPalette.Colors[3 * label], VocPalette.Colors[3 * label + 1], VocPalette.Colors[3 * label + 2]), label => (byte)label);

    /// <summary>
    /// Reads a palette PNG's indices or a grey PNG's values, of up to 8 bits a pixel and whatever the palette; of an RGB PNG, the labels that have its
    /// colours in VOC's palette.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is no PNG, or truncated, or damaged, or of another kind, or has a colour that no label has; the message names the path.
    /// </exception>
    public static LabelMap Load(string path)
    {
        var file = ImageFile.Read(path);
        if (!PngFile.HasSignature(file))
            throw new InvalidDataException($"{path} is not a PNG file.");
        var png = new PngFile(file, path);
        if (png.ColorType == Rgb && png.Depth == 8)
            return FromColors(ImageFile.Decode(file, path), path);
        if (png.ColorType is not (Grey or Palette) || png.Depth > 8)
        {
            throw new InvalidDataException(
                $"{path} holds no labels: its PNG colour type is {png.ColorType} with {png.Depth} bits, not palette (3) or grey (0) with up to 8, or RGB (2) with 8.");
        }

        // Decoders turn indices into colours and stretch grey values of fewer than 8 bits. In a palette of greys the colour is the index.
        var colors = ImageFile.Decode(png.WithPalette(Greys(1 << png.Depth)), path);
        var labels = new byte[colors.Width * colors.Height];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = colors.Pixels[3 * i];
        return new LabelMap(colors.Width, colors.Height, labels);
    }

    /// <summary>Reads the mask of a picture whose size is known.</summary>
    /// <param name="path">The file.</param>
    /// <param name="width">The picture's pixels in a row.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="owner">What the error calls it.</param>
    /// <exception cref="InvalidDataException">As in <see cref="Load(string)"/>, or the mask has another size; the message names the path.</exception>
    internal static LabelMap Load(string path, int width, int height, string owner = "photograph")
    {
        var mask = Load(path);
        return (mask.Width, mask.Height) == (width, height) ? mask
            : throw new InvalidDataException($"{path} has {mask.Width}x{mask.Height} pixels, its {owner} {width}x{height}.");
    }

    /// <summary>Writes a label map as an 8-bit palette PNG file with VOC's colours, in memory.</summary>
    /// <param name="map">The labels.</param>
    public static byte[] EncodePng(LabelMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        using var pixels = Image.LoadPixelData<L8>(map.Labels, map.Width, map.Height);
        using var stream = new MemoryStream();
        new PngEncoder { ColorType = PngColorType.Grayscale, BitDepth = PngBitDepth.Bit8 }.Encode(pixels, stream);
        return new PngFile(stream.ToArray(), "the encoder's file").WithPalette(VocPalette.Colors);
    }

    /// <summary>Writes a label map as an 8-bit palette PNG file with VOC's colours, which appears when it is complete.</summary>
    /// <param name="map">The labels.</param>
    /// <param name="path">The file; its folder is created when it is missing.</param>
    /// <exception cref="IOException">The folder cannot be written to; the message names it.</exception>
    public static void SavePng(LabelMap map, string path)
    {
        var file = EncodePng(map);
        AtomicFile.Write(path, stream => stream.Write(file));
    }

    private static LabelMap FromColors(RgbImage image, string path)
    {
        var labels = new byte[image.Width * image.Height];
        for (var i = 0; i < labels.Length; i++)
        {
            var color = (image.Pixels[3 * i], image.Pixels[3 * i + 1], image.Pixels[3 * i + 2]);
            if (!LabelsOfColors.TryGetValue(color, out labels[i]))
                throw new InvalidDataException($"{path} has the colour {color} at column {i % image.Width}, row {i / image.Width}, which is that of no label in PASCAL VOC's palette.");
        }

        return new LabelMap(image.Width, image.Height, labels);
    }

    private static byte[] Greys(int count)
    {
        var palette = new byte[count * 3];
        for (var i = 0; i < palette.Length; i++)
            palette[i] = (byte)(i / 3);
        return palette;
    }
}
