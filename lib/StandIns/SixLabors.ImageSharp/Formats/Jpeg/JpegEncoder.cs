using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Native;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Formats.Jpeg;

public sealed class JpegEncoder : ImageEncoder
{
    private const int DefaultQuality = 75;
    private int? _quality;

    public int? Quality
    {
        get => _quality;
        set => _quality = value is null or (>= 1 and <= 100) ? value : throw new ArgumentException("Quality must be in [1..100] range.");
    }

    public JpegEncodingColor? ColorType { get; set; }

    protected override void Encode<TPixel>(Image<TPixel> image, Stream stream, CancellationToken cancellationToken)
    {
        if (typeof(TPixel) != typeof(Rgb24) || ColorType is not JpegEncodingColor.YCbCrRatio444)
            throw new NotSupportedException($"The stand-in writes Rgb24 pixels as {JpegEncodingColor.YCbCrRatio444}, not {typeof(TPixel).Name} as {ColorType?.ToString() ?? "its own choice"}.");
        stream.Write(TurboJpeg.Encode(image.Width, image.Height, MemoryMarshal.AsBytes(image.Pixels.AsSpan()), Quality ?? DefaultQuality));
    }
}
