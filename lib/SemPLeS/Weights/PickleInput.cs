using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SemPLeS.Weights;

/// <summary>The bytes of pickles, read from memory or, piece by piece, from a file.</summary>
internal sealed class PickleInput
{
    private const int PieceLength = 1 << 16;
    private const int LineLimit = 1024;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly long _end;
    private readonly SafeFileHandle? _file;
    private byte[] _piece;
    private long _pieceStart;

    /// <summary>Pickles in memory.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="path">The file's name, for messages.</param>
    public PickleInput(byte[] bytes, int start, string path)
    {
        (_piece, Place, _end, _path) = (bytes, start, bytes.Length, path);
    }

    /// <summary>Pickles in a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="start">Where they begin.</param>
    /// <param name="end">Where the part of the file ends that they may fill.</param>
    /// <param name="path">The file's name, for messages.</param>
    public PickleInput(SafeFileHandle file, long start, long end, string path)
    {
        (_file, _piece, _pieceStart, Place, _end, _path) = (file, [], start, start, end, path);
    }

    /// <summary>Where the next byte lies.</summary>
    public long Place { get; private set; }

    /// <summary>The next byte.</summary>
    public byte Byte() => Take(1)[0];

    /// <summary>A number of 4 bytes.</summary>
    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>A number of 8 bytes.</summary>
    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    /// <summary>A text.</summary>
    public string Text(ulong length) => Utf8.GetString(Take(length));

    /// <summary>A text that ends with the line.</summary>
    public string Line()
    {
        var bytes = new List<byte>();
        for (var next = Byte(); next != '\n'; next = Byte())
        {
            if (bytes.Count == LineLimit)
                throw new InvalidDataException($"{_path} is damaged: the pickle has a name of more than {LineLimit} bytes at byte {Place - LineLimit}.");
            bytes.Add(next);
        }

        return Utf8.GetString([.. bytes]);
    }

    /// <summary>Bytes; valid until the next are taken.</summary>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public ReadOnlySpan<byte> Take(ulong count)
    {
        if (count > (ulong)(_end - Place))
            throw new InvalidDataException($"{_path} is truncated: its pickle goes on after {_end} bytes.");
        if (count > (ulong)Array.MaxLength)
            throw new InvalidDataException($"{_path}: the pickle has a value of {count} bytes at byte {Place}, more than is read.");
        if (Place + (long)count > _pieceStart + _piece.Length)
            Refill((int)count);
        var bytes = _piece.AsSpan((int)(Place - _pieceStart), (int)count);
        Place += (long)count;
        return bytes;
    }

    private void Refill(int count)
    {
        // What is asked for was checked against the end: the piece is never longer than what is there.
        _piece = new byte[Math.Max(count, (int)Math.Min(PieceLength, _end - Place))];
        _pieceStart = Place;
        FileBytes.Fill(_file!, _piece, Place, _path);
    }
}
