using System.Buffers.Binary;

namespace SemPLeS.Data;

/// <summary>
/// A PNG file as its chunks (PNG specification, sections 5 and 11): what it takes to notice damage, which decoders differ about, and to move
/// between samples and palette colours, which decoders mix up.
/// </summary>
internal sealed class PngFile
{
    private const int SignatureLength = 8;
    private const int HeaderLength = 13;
    private const int DepthPlace = 8;
    private const int ColorTypePlace = 9;

    private static readonly uint[] ChecksumTable = MakeChecksumTable();

    private readonly byte[] _file;
    private readonly List<Range> _pixelChunks = [];
    private readonly int _header;

    /// <summary>Reads the chunks of a whole file.</summary>
    /// <exception cref="InvalidDataException">A chunk is missing, cut off or does not have its checksum; the message names the path.</exception>
    public PngFile(byte[] file, string path)
    {
        _file = file;
        _header = SignatureLength + 8;
        var position = SignatureLength;
        ReadOnlySpan<byte> type;
        do
        {
            var rest = file.AsSpan(position);
            var length = rest.Length < 12 ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > (uint)rest.Length - 12)
                throw new InvalidDataException($"{path} is truncated: the PNG file's end is missing.");
            var checksum = BinaryPrimitives.ReadUInt32BigEndian(rest[((int)length + 8)..]);
            if (checksum != Checksum(rest.Slice(4, (int)length + 4)))
                throw new InvalidDataException($"{path} is damaged: a PNG chunk has a wrong checksum.");
            type = rest.Slice(4, 4);
            if (position == SignatureLength && !(type.SequenceEqual("IHDR"u8) && length == HeaderLength))
                throw new InvalidDataException($"{path} is damaged: the PNG header is missing.");
            var next = position + (int)length + 12;
            if (type.SequenceEqual("IDAT"u8))
                _pixelChunks.Add(position..next);
            position = next;
        }
        while (!type.SequenceEqual("IEND"u8));
    }

    /// <summary>Bits of a sample: 1, 2, 4, 8 or 16.</summary>
    public int Depth => _file[_header + DepthPlace];

    /// <summary>0 grey, 2 RGB, 3 palette, 4 grey with alpha, 6 RGB with alpha.</summary>
    public int ColorType => _file[_header + ColorTypePlace];

    public static bool HasSignature(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]);

    /// <summary>The same samples, shown as entries of a palette: pixels of a grey or palette file of at most 8 bits are not touched.</summary>
    /// <param name="palette">2^depth x 3 values.</param>
    public byte[] WithPalette(ReadOnlySpan<byte> palette)
    {
        var header = _file.AsSpan(_header, HeaderLength).ToArray();
        header[ColorTypePlace] = 3;
        using var result = new MemoryStream(_file.Length + palette.Length);
        result.Write(_file, 0, SignatureLength);
        WriteChunk(result, "IHDR"u8, header);
        WriteChunk(result, "PLTE"u8, palette);
        foreach (var chunk in _pixelChunks)
            result.Write(_file.AsSpan(chunk));
        WriteChunk(result, "IEND"u8, []);
        return result.ToArray();
    }

    private static void WriteChunk(MemoryStream target, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> chunk = new byte[data.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        type.CopyTo(chunk[4..]);
        data.CopyTo(chunk[8..]);
        BinaryPrimitives.WriteUInt32BigEndian(chunk[^4..], Checksum(chunk[4..^4]));
        target.Write(chunk);
    }

    /// <summary>CRC-32 as in the PNG specification, annex D.</summary>
    private static uint Checksum(ReadOnlySpan<byte> data)
    {
        var value = uint.MaxValue;
        foreach (var octet in data)
            value = ChecksumTable[(byte)(value ^ octet)] ^ (value >> 8);
        return ~value;
    }

    private static uint[] MakeChecksumTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) != 0 ? 0xEDB88320u ^ (value >> 1) : value >> 1;
            table[i] = value;
        }

        return table;
    }
}
