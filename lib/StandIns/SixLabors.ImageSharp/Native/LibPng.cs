using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Native;

/// <summary>PNG through libpng's simplified API.</summary>
internal static unsafe class LibPng
{
    private const uint Version = 1;
    private const uint FormatGray = 0;
    private const uint FormatAlpha = 1;
    private const uint FormatRgb = 2;
    private const uint FlagSixteenBitSrgb = 4;
    private const uint Failed = 2;

    public static (int Width, int Height) Size(ReadOnlySpan<byte> file)
    {
        var image = new PngImage { Version = Version };
        try
        {
            fixed (byte* data = file)
                Check(png_image_begin_read_from_memory(ref image, data, (nuint)file.Length), ref image);
            return ((int)image.Width, (int)image.Height);
        }
        finally
        {
            png_image_free(ref image);
        }
    }

    public static (int Width, int Height, Rgb24[] Pixels) Decode(ReadOnlySpan<byte> file)
    {
        var image = new PngImage { Version = Version };
        try
        {
            fixed (byte* data = WithoutColorManagement(file))
            {
                Check(png_image_begin_read_from_memory(ref image, data, (nuint)file.Length), ref image);
                var (width, height) = ((int)image.Width, (int)image.Height);
                var pixels = GC.AllocateUninitializedArray<Rgb24>(Decoder.PixelCount(width, height));
                var hasAlpha = (image.Format & FormatAlpha) != 0;
                image.Format = hasAlpha ? FormatRgb | FormatAlpha : FormatRgb;
                image.Flags |= FlagSixteenBitSrgb;
                if (hasAlpha)
                {
                    // Asked for RGB, libpng would blend with a background; the package drops alpha.
                    var values = GC.AllocateUninitializedArray<byte>(pixels.Length * 4);
                    fixed (byte* target = values)
                        Check(png_image_finish_read(ref image, null, target, 0, null), ref image);
                    for (var i = 0; i < pixels.Length; i++)
                        pixels[i] = new Rgb24(values[4 * i], values[4 * i + 1], values[4 * i + 2]);
                }
                else
                {
                    fixed (Rgb24* target = pixels)
                        Check(png_image_finish_read(ref image, null, (byte*)target, 0, null), ref image);
                }

                return (width, height, pixels);
            }
        }
        finally
        {
            png_image_free(ref image);
        }
    }

    public static void Write(Stream stream, int width, int height, ReadOnlySpan<byte> pixels, bool color)
    {
        var image = new PngImage
        {
            Version = Version,
            Width = (uint)width,
            Height = (uint)height,
            Format = color ? FormatRgb : FormatGray,
        };
        var file = GC.AllocateUninitializedArray<byte>(pixels.Length + pixels.Length / 100 + height + 1024);
        var length = (nuint)file.Length;
        try
        {
            fixed (byte* source = pixels)
            fixed (byte* target = file)
                Check(png_image_write_to_memory(ref image, target, ref length, 0, source, 0, null), ref image);
        }
        finally
        {
            png_image_free(ref image);
        }

        stream.Write(file, 0, (int)length);
    }

    /// <summary>
    /// The file with its chunks about colour spaces renamed, so that libpng skips them: it would convert the pixels, which the package does not.
    /// The renamed chunks' checksums are wrong now, which libpng forgives in chunks that it need not know.
    /// </summary>
    private static byte[] WithoutColorManagement(ReadOnlySpan<byte> file)
    {
        const int signature = 8;
        const int around = 12;
        var copy = file.ToArray();
        for (long position = signature; position + around <= copy.Length;)
        {
            var chunk = copy.AsSpan((int)position);
            if (Encoding.ASCII.GetString(chunk.Slice(4, 4)) is "gAMA" or "cHRM" or "sRGB" or "iCCP" or "cICP")
                "xxXx"u8.CopyTo(chunk[4..]);
            position += around + BinaryPrimitives.ReadUInt32BigEndian(chunk);
        }

        return copy;
    }

    private static void Check(int result, ref PngImage image)
    {
        if (result != 0 && (image.WarningOrError & 3) < Failed)
            return;
        fixed (byte* message = image.Message)
            throw new InvalidImageContentException("PNG: " + Marshal.PtrToStringUTF8((IntPtr)message));
    }

    [DllImport(NativeLibraries.Png)]
    private static extern int png_image_begin_read_from_memory(ref PngImage image, byte* memory, nuint size);

    [DllImport(NativeLibraries.Png)]
    private static extern int png_image_finish_read(ref PngImage image, void* background, byte* buffer, int rowStride, void* colormap);

    [DllImport(NativeLibraries.Png)]
    private static extern int png_image_write_to_memory(
        ref PngImage image, byte* memory, ref nuint bytes, int convertTo8Bit, byte* buffer, int rowStride, void* colormap);

    [DllImport(NativeLibraries.Png)]
    private static extern void png_image_free(ref PngImage image);

    /// <summary>libpng's png_image.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PngImage
    {
        public IntPtr Opaque;
        public uint Version;
        public uint Width;
        public uint Height;
        public uint Format;
        public uint Flags;
        public uint ColormapEntries;
        public uint WarningOrError;
        public fixed byte Message[64];
    }
}
