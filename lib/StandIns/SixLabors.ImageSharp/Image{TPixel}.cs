using System.Runtime.InteropServices;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp;

public sealed class Image<TPixel> : Image
    where TPixel : unmanaged, IPixel<TPixel>
{
    internal Image(int width, int height, TPixel[] pixels)
        : base(width, height) => Pixels = pixels;

    internal TPixel[] Pixels { get; }

    public void CopyPixelDataTo(Span<byte> destination) => MemoryMarshal.AsBytes(Pixels.AsSpan()).CopyTo(destination);
}
