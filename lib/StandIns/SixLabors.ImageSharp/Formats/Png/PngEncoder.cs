using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Native;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Png;

public class PngEncoder : QuantizingImageEncoder
{
    public PngColorType? ColorType { get; init; }

    public PngBitDepth? BitDepth { get; init; }

    protected override void Encode<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
    {
        var natural = typeof(TPixel) == typeof(L8) ? PngColorType.Grayscale : PngColorType.Rgb;
        if (ColorType is { } type && type != natural)
            throw new NotSupportedException($"The stand-in writes {typeof(TPixel).Name} pixels as {natural}, not as {type}.");
        LibPng.Write(stream, image.Width, image.Height, MemoryMarshal.AsBytes(image.Pixels.AsSpan()), natural == PngColorType.Rgb);
    }
}
