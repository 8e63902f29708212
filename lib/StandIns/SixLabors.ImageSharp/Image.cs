using System.Runtime.InteropServices;
using SixLabors.ImageSharp.Native;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

public abstract class Image : IDisposable
{
    internal Image(int width, int height) => (Width, Height) = (width, height);

    public int Width { get; }

    public int Height { get; }

    public static ImageInfo Identify(Stream stream)
    {
        using var file = new MemoryStream();
        stream.CopyTo(file);
        var (width, height) = Decoder.Size(file.GetBuffer().AsSpan(0, (int)file.Length));
        return new ImageInfo(width, height);
    }

    public static Image<TPixel> Load<TPixel>(ReadOnlySpan<byte> data)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var (width, height, colors) = Decoder.Decode(data);
        if (colors is TPixel[] same)
            return new Image<TPixel>(width, height, same);
        var pixels = new TPixel[colors.Length];
        for (var i = 0; i < pixels.Length; i++)
            pixels[i].FromRgb24(colors[i]);
        return new Image<TPixel>(width, height, pixels);
    }

    public static Image<TPixel> LoadPixelData<TPixel>(ReadOnlySpan<byte> data, int width, int height)
        where TPixel : unmanaged, IPixel<TPixel>
    {
        var pixels = MemoryMarshal.Cast<byte, TPixel>(data);
        var count = checked(width * height);
        ArgumentOutOfRangeException.ThrowIfLessThan(pixels.Length, count, nameof(data));
        return new Image<TPixel>(width, height, pixels[..count].ToArray());
    }

    public void Dispose() => GC.SuppressFinalize(this);
}
