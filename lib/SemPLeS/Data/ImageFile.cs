using SixLabors.ImageSharp;
using SixLabors.ImageSharp.Formats;
using SixLabors.ImageSharp.Formats.Jpeg;
using SixLabors.ImageSharp.Formats.Png;
using SixLabors.ImageSharp.PixelFormats;

namespace SemPLeS.Data;

/// <summary>Pictures in JPEG and PNG files.</summary>
public static class ImageFile
{
    /// <summary>Reads a JPEG or PNG file; grey becomes RGB, alpha is dropped, colour profiles and orientation tags are left alone, as Pillow does.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is neither JPEG nor PNG, or truncated, or damaged; the message names the path.</exception>
    public static RgbImage Load(string path)
    {
        var file = Read(path);
        if (PngFile.HasSignature(file))
            _ = new PngFile(file, path);
        else if (JpegFile.HasSignature(file))
            JpegFile.ThrowIfTruncated(file, path);
        else
            throw NeitherJpegNorPng(path);
        return Decode(file, path);
    }

    /// <summary>Reads the size of a JPEG or PNG file without decoding its pixels.</summary>
    /// <param name="path">The file.</param>
    /// <returns>Width and height in pixels.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is neither JPEG nor PNG, or its header is damaged; the message names the path.</exception>
    public static (int Width, int Height) Size(string path)
    {
        ThrowIfMissing(path);
        using var stream = File.OpenRead(path);
        Span<byte> start = stackalloc byte[8];
        start = start[..stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false)];
        if (!PngFile.HasSignature(start) && !JpegFile.HasSignature(start))
            throw NeitherJpegNorPng(path);
        stream.Position = 0;
        return Decoding(path, () =>
        {
            var info = Image.Identify(stream);
            return (info.Width, info.Height);
        });
    }

    /// <summary>Writes a picture as an 8-bit RGB PNG file in memory.</summary>
    /// <param name="image">The picture.</param>
    public static byte[] EncodePng(RgbImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return Encode(image, new PngEncoder { ColorType = PngColorType.Rgb, BitDepth = PngBitDepth.Bit8 });
    }

    /// <summary>Writes a picture as a JPEG file in memory, its colours at full resolution (4:4:4).</summary>
    /// <param name="image">The picture.</param>
    /// <param name="quality">1 to 100.</param>
    /// <exception cref="ArgumentOutOfRangeException">The quality is none.</exception>
    public static byte[] EncodeJpeg(RgbImage image, int quality)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
        return Encode(image, new JpegEncoder { ColorType = JpegEncodingColor.YCbCrRatio444, Quality = quality });
    }

    /// <summary>Writes a picture as an 8-bit RGB PNG file, which appears when it is complete.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="path">The file; its folder is created when it is missing.</param>
    /// <exception cref="IOException">The folder cannot be written to; the message names it.</exception>
    public static void SavePng(RgbImage image, string path)
    {
        var file = EncodePng(image);
        AtomicFile.Write(path, stream => stream.Write(file));
    }

    internal static byte[] Read(string path)
    {
        ThrowIfMissing(path);
        return File.ReadAllBytes(path);
    }

    internal static RgbImage Decode(byte[] file, string path) => Decoding(path, () =>
    {
        using var image = Image.Load<Rgb24>(file);
        var pixels = GC.AllocateUninitializedArray<byte>(image.Width * image.Height * 3);
        image.CopyPixelDataTo(pixels);
        return new RgbImage(image.Width, image.Height, pixels);
    });

    /// <summary>A decoder's complaint becomes an error that names the file. A header's absurd size is an InvalidOperationException there.</summary>
    private static T Decoding<T>(string path, Func<T> decode)
    {
        try
        {
            return decode();
        }
        catch (Exception exception) when (exception is ImageFormatException or NotSupportedException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path} cannot be decoded: {exception.Message}", exception);
        }
    }

    private static byte[] Encode(RgbImage image, ImageEncoder encoder)
    {
        using var pixels = Image.LoadPixelData<Rgb24>(image.Pixels, image.Width, image.Height);
        using var stream = new MemoryStream();
        encoder.Encode(pixels, stream);
        return stream.ToArray();
    }

    private static void ThrowIfMissing(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
            throw new FileNotFoundException($"There is no file {path}.", path);
    }

    private static InvalidDataException NeitherJpegNorPng(string path) => new($"{path} is neither a JPEG nor a PNG file.");
}
