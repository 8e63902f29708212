using System.Runtime.InteropServices;
using SixLabors.ImageSharp.PixelFormats;

namespace SixLabors.ImageSharp.Native;

/// <summary>JPEG through the TurboJPEG API; libjpeg's own reports errors by longjmp, which managed code does not survive.</summary>
internal static unsafe class TurboJpeg
{
    private const int PixelFormatRgb = 0;
    private const int PixelFormatCmyk = 11;
    private const int ColorspaceCmyk = 3;
    private const int ColorspaceYcck = 4;
    private const int ErrorWarning = 0;
    private const int SamplingFull = 0;

    // The slow integer DCT with smooth chroma upsampling: what other decoders built on libjpeg-turbo use.
    private const int FlagAccurateDct = 4096;

    public static (int Width, int Height) Size(ReadOnlySpan<byte> file)
    {
        var decoder = Created(tjInitDecompress());
        try
        {
            fixed (byte* data = file)
            {
                var (width, height, _) = Header(decoder, data, file.Length);
                return (width, height);
            }
        }
        finally
        {
            tjDestroy(decoder);
        }
    }

    public static (int Width, int Height, Rgb24[] Pixels) Decode(ReadOnlySpan<byte> file)
    {
        var decoder = Created(tjInitDecompress());
        try
        {
            fixed (byte* data = file)
            {
                var (width, height, colorspace) = Header(decoder, data, file.Length);
                var pixels = GC.AllocateUninitializedArray<Rgb24>(Decoder.PixelCount(width, height));
                if (colorspace is ColorspaceCmyk or ColorspaceYcck)
                {
                    var inks = GC.AllocateUninitializedArray<byte>(pixels.Length * 4);
                    fixed (byte* target = inks)
                        Check(decoder, tjDecompress2(decoder, data, new CULong((uint)file.Length), target, width, 0, height, PixelFormatCmyk, FlagAccurateDct));
                    FromCmyk(inks, pixels);
                }
                else
                {
                    fixed (Rgb24* target = pixels)
                        Check(decoder, tjDecompress2(decoder, data, new CULong((uint)file.Length), (byte*)target, width, 0, height, PixelFormatRgb, FlagAccurateDct));
                }

                return (width, height, pixels);
            }
        }
        finally
        {
            tjDestroy(decoder);
        }
    }

    /// <summary>A file whose colours have the resolution of its brightness (4:4:4).</summary>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> pixels, int quality)
    {
        var encoder = Created(tjInitCompress());
        byte* file = null;
        try
        {
            fixed (byte* source = pixels)
            {
                Check(encoder, tjCompress2(encoder, source, width, 0, height, PixelFormatRgb, ref file, out var length, SamplingFull, quality, FlagAccurateDct));
                return new ReadOnlySpan<byte>(file, checked((int)length.Value)).ToArray();
            }
        }
        finally
        {
            tjFree(file);
            tjDestroy(encoder);
        }
    }

    /// <summary>The inks are stored inverted, as Adobe's programs do and all decoders assume: 255 is no ink.</summary>
    private static void FromCmyk(byte[] inks, Rgb24[] pixels)
    {
        for (var i = 0; i < pixels.Length; i++)
        {
            int black = inks[4 * i + 3];
            pixels[i] = new Rgb24(Times(inks[4 * i], black), Times(inks[4 * i + 1], black), Times(inks[4 * i + 2], black));
        }

        static byte Times(int ink, int black) => (byte)((ink * black + 127) / 255);
    }

    private static IntPtr Created(IntPtr handle) => handle != 0 ? handle : throw new InvalidOperationException("libturbojpeg gave no handle.");

    private static (int Width, int Height, int Colorspace) Header(IntPtr decoder, byte* data, int length)
    {
        Check(decoder, tjDecompressHeader3(decoder, data, new CULong((uint)length), out var width, out var height, out _, out var colorspace));
        return (width, height, colorspace);
    }

    /// <summary>The package decodes what it can of damaged data; so warnings pass here too.</summary>
    private static void Check(IntPtr decoder, int result)
    {
        if (result != 0 && tjGetErrorCode(decoder) != ErrorWarning)
            throw new InvalidImageContentException("JPEG: " + Marshal.PtrToStringUTF8(tjGetErrorStr2(decoder)));
    }

    [DllImport(NativeLibraries.TurboJpeg)]
    private static extern IntPtr tjInitDecompress();

    [DllImport(NativeLibraries.TurboJpeg)]
    private static extern IntPtr tjInitCompress();

    [DllImport(NativeLibraries.TurboJpeg)]
    private static extern int tjDestroy(IntPtr handle);

    [DllImport(NativeLibraries.TurboJpeg)]
    private static extern int tjDecompressHeader3(
        IntPtr handle, byte* data, CULong length, out int width, out int height, out int subsampling, out int colorspace);

    [DllImport(NativeLibraries.TurboJpeg)]
    private static extern int tjDecompress2(
        IntPtr handle, byte* data, CULong length, byte* target, int width, int pitch, int height, int pixelFormat, int flags);

    [DllImport(NativeLibraries.TurboJpeg)]
    private static extern int tjCompress2(
        IntPtr handle, byte* source, int width, int pitch, int height, int pixelFormat, ref byte* file, out CULong length, int sampling, int quality, int flags);

    [DllImport(NativeLibraries.TurboJpeg)]
    private static extern void tjFree(byte* file);

    [DllImport(NativeLibraries.TurboJpeg)]
    private static extern int tjGetErrorCode(IntPtr handle);

    [DllImport(NativeLibraries.TurboJpeg)]
    private static extern IntPtr tjGetErrorStr2(IntPtr handle);
}
