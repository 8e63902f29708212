using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Native;

/// <summary>Chooses the native library by the file's first bytes.</summary>
internal static class Decoder
{
    private static ReadOnlySpan<byte> PngSignature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    private static ReadOnlySpan<byte> JpegSignature => [0xFF, 0xD8, 0xFF];

    public static (int Width, int Height) Size(ReadOnlySpan<byte> file) =>
        file.StartsWith(PngSignature) ? LibPng.Size(file)
        : file.StartsWith(JpegSignature) ? TurboJpeg.Size(file)
        : throw Unknown();

    public static (int Width, int Height, Rgb24[] Pixels) Decode(ReadOnlySpan<byte> file) =>
        file.StartsWith(PngSignature) ? LibPng.Decode(file)
        : file.StartsWith(JpegSignature) ? TurboJpeg.Decode(file)
        : throw Unknown();

    /// <summary>The pixels that both libraries need: at most 4 bytes each in one array.</summary>
    public static int PixelCount(int width, int height)
    {
        var count = (long)width * height;
        return width > 0 && height > 0 && count * 4 <= Array.MaxLength
            ? (int)count
            : throw new InvalidImageContentException($"An image of {width}x{height} pixels cannot be decoded.");
    }

    private static UnknownImageFormatException Unknown() => new("The image is neither JPEG nor PNG, the formats that the stand-in knows.");
}
