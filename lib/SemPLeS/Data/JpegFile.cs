using System.Buffers.Binary;

namespace SemPLeS.Data;

/// <summary>What tells a whole JPEG file from a truncated one: decoders fill the missing part with grey and say nothing.</summary>
internal static class JpegFile
{
    private const byte EndOfImage = 0xD9;

    public static bool HasSignature(ReadOnlySpan<byte> file) => file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]);

    /// <summary>Follows the markers (ITU-T T.81, section B.1) until the end of the image.</summary>
    /// <exception cref="InvalidDataException">The file ends before its image does.</exception>
    public static void ThrowIfTruncated(ReadOnlySpan<byte> file, string path)
    {
        var rest = file[2..];
        while (true)
        {
            var start = rest.IndexOf((byte)0xFF);
            if (start < 0 || start + 1 >= rest.Length)
                throw new InvalidDataException($"{path} is truncated: the end of the JPEG image is missing.");
            var marker = rest[start + 1];
            if (marker == EndOfImage)
                return;
            if (marker == 0xFF)
            {
                rest = rest[(start + 1)..];
                continue;
            }

            rest = rest[(start + 2)..];
            if (StandsAlone(marker))
                continue;
            // A segment is skipped by its length, since an embedded thumbnail has an end of its own.
            var length = rest.Length < 2 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(rest);
            rest = rest[Math.Min(length, rest.Length)..];
        }
    }

    /// <summary>A stuffed zero in the coded pixels, a restart marker, a start of image, or TEM: no length follows.</summary>
    private static bool StandsAlone(byte marker) => marker is 0x00 or 0x01 or (>= 0xD0 and <= 0xD8);
}
