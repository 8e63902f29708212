using System.Buffers.Binary;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace SemPLeS.Weights;

/// <summary>
/// The directory of a zip archive (PKWARE's APPNOTE, with its 64-bit fields). Entries are read in place and never unpacked, so compressed ones are refused
/// when they are asked for; every place and length is checked against the size of the file.
/// </summary>
internal sealed class ZipDirectory
{
    private const uint EndSignature = 0x06054b50, End64Signature = 0x06064b50, Locator64Signature = 0x07064b50;
    private const uint EntrySignature = 0x02014b50, LocalSignature = 0x04034b50;
    private const int EndLength = 22, End64Length = 56, LocatorLength = 20, EntryLength = 46, LocalLength = 30;
    private const int Encrypted = 1;

    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly long _directoryOffset;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);

    private ZipDirectory(SafeFileHandle file, string path, long directoryOffset) => (_file, _path, _directoryOffset) = (file, path, directoryOffset);

    /// <summary>The entries' names.</summary>
    public IEnumerable<string> Names => _entries.Keys;

    /// <summary>Reads and checks the directory of an open file.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or names entries twice, one upon the other, or outside the archive.</exception>
    public static ZipDirectory Read(SafeFileHandle file, string path)
    {
        var length = RandomAccess.GetLength(file);
        // The end record stands last, but for a comment of up to 65535 bytes.
        var tailStart = Math.Max(0, length - EndLength - ushort.MaxValue);
        var tail = new byte[length - tailStart];
        FileBytes.Fill(file, tail, tailStart, path);
        var end = tail.Length - EndLength;
        while (end >= 0 && !(UInt32(tail, end) == EndSignature && UInt16(tail, end + 20) == tail.Length - end - EndLength))
            end--;
        if (end < 0)
            throw Invalid(path, "the archive's end is missing: the file is truncated, or no zip archive");

        var endOffset = tailStart + end;
        var (count, size, offset) = ((ulong)UInt16(tail, end + 10), (ulong)UInt32(tail, end + 12), (ulong)UInt32(tail, end + 16));
        if (endOffset >= LocatorLength + End64Length && Bytes(file, endOffset - LocatorLength, LocatorLength, path) is var locator && UInt32(locator, 0) == Locator64Signature)
        {
            var place = UInt64(locator, 8);
            if (place > (ulong)(endOffset - LocatorLength - End64Length))
                throw Invalid(path, $"the archive's directory is said to be described at byte {place} of {length}");
            var end64 = Bytes(file, (long)place, End64Length, path);
            if (UInt32(end64, 0) != End64Signature)
                throw Invalid(path, "the archive's 64-bit end record is damaged");
            (count, size, offset, endOffset) = (UInt64(end64, 32), UInt64(end64, 40), UInt64(end64, 48), (long)place);
        }

        if (size > (ulong)endOffset || offset > (ulong)endOffset - size || count > size / EntryLength)
            throw Invalid(path, $"a directory of {count} entries in {size} bytes at byte {offset} does not fit a file of {length} bytes");
        var directory = new ZipDirectory(file, path, (long)offset);
        directory.Parse(Bytes(file, (long)offset, (int)Math.Min(size, (ulong)Array.MaxLength), path), (int)count);
        return directory;
    }

    /// <summary>Whether there is an entry of this name.</summary>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>Where the bytes of an entry lie.</summary>
    /// <exception cref="InvalidDataException">There is no such entry, it is compressed, or its header is damaged.</exception>
    public (long Start, long Length) Place(string name)
    {
        if (!_entries.TryGetValue(name, out var entry))
            throw Invalid(_path, $"the archive has no entry '{name}'");
        if (entry.Method != 0 || entry.StoredLength != entry.Length)
            throw Invalid(_path, $"the entry '{name}' is compressed (method {entry.Method}, {entry.StoredLength} bytes for {entry.Length}); PyTorch stores weights as they are, and only such entries are read");
        var header = Bytes(_file, entry.HeaderOffset, LocalLength, _path);
        var start = entry.HeaderOffset + LocalLength + UInt16(header, 26) + UInt16(header, 28);
        if (UInt32(header, 0) != LocalSignature || start + entry.Length > _directoryOffset)
            throw Invalid(_path, $"the header of the entry '{name}' is damaged, or its {entry.Length} bytes reach beyond the archive's entries");
        return (start, entry.Length);
    }

    private void Parse(byte[] bytes, int count)
    {
        var place = 0;
        for (var i = 0; i < count; i++)
        {
            if (bytes.Length - place < EntryLength || UInt32(bytes, place) != EntrySignature)
                throw Invalid(_path, $"entry {i} of the archive's directory is damaged");
            var (nameLength, extraLength, commentLength) = (UInt16(bytes, place + 28), UInt16(bytes, place + 30), UInt16(bytes, place + 32));
            if (bytes.Length - place - EntryLength < nameLength + extraLength + commentLength)
                throw Invalid(_path, $"entry {i} of the archive's directory is longer than the directory");
            Add(Entry(bytes.AsSpan(place, EntryLength + nameLength + extraLength), nameLength));
            place += EntryLength + nameLength + extraLength + commentLength;
        }

        var inOrder = _entries.Values.OrderBy(entry => entry.HeaderOffset).ToArray();
        for (var i = 0; i < inOrder.Length; i++)
        {
            var next = i + 1 < inOrder.Length ? inOrder[i + 1].HeaderOffset : _directoryOffset;
            if (inOrder[i].StoredLength > next - inOrder[i].HeaderOffset - LocalLength)
                throw Invalid(_path, $"the entry '{inOrder[i].Name}' of {inOrder[i].StoredLength} bytes at byte {inOrder[i].HeaderOffset} reaches into what follows at byte {next}");
        }
    }

    private void Add(ZipEntry entry)
    {
        var name = entry.Name;
        if (name.Length == 0 || name[0] == '/' || name.AsSpan().IndexOfAny('\\', ':', '\0') >= 0 || name.Split('/').Contains(".."))
            throw Invalid(_path, $"the archive has an entry '{name}', which leads out of it");
        if (!_entries.TryAdd(name, entry))
            throw Invalid(_path, $"the archive has two entries '{name}'");
    }

    private ZipEntry Entry(ReadOnlySpan<byte> bytes, int nameLength)
    {
        var name = Encoding.UTF8.GetString(bytes.Slice(EntryLength, nameLength));
        if ((UInt16(bytes, 8) & Encrypted) != 0)
            throw Invalid(_path, $"the entry '{name}' is encrypted");
        ulong stored = UInt32(bytes, 20), length = UInt32(bytes, 24), offset = UInt32(bytes, 42);
        var wide = Wide(bytes[(EntryLength + nameLength)..]);
        Widen(ref length, ref wide);
        Widen(ref stored, ref wide);
        Widen(ref offset, ref wide);
        if (stored > (ulong)_directoryOffset || offset > (ulong)_directoryOffset || length > long.MaxValue)
            throw Invalid(_path, $"the entry '{name}' of {stored} bytes, {length} when unpacked, at byte {offset} lies outside the archive");
        return new(name, UInt16(bytes, 10), (long)stored, (long)length, (long)offset);
    }

    /// <summary>A field of 32 bits that is full stands for the next one of 64 bits.</summary>
    private static void Widen(ref ulong field, ref ReadOnlySpan<byte> wide)
    {
        if (field != uint.MaxValue || wide.Length < 8)
            return;
        field = UInt64(wide, 0);
        wide = wide[8..];
    }

    /// <summary>The extra field of 64-bit lengths and places; empty where there is none.</summary>
    private static ReadOnlySpan<byte> Wide(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var (id, length) = (UInt16(extra, 0), UInt16(extra, 2));
            if (length > extra.Length - 4)
                break;
            if (id == 1)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }

        return [];
    }

    private static byte[] Bytes(SafeFileHandle file, long offset, int count, string path)
    {
        if (offset + count > RandomAccess.GetLength(file))
            throw Invalid(path, $"the file ends before byte {offset + count}");
        var bytes = new byte[count];
        FileBytes.Fill(file, bytes, offset, path);
        return bytes;
    }

    private static int UInt16(ReadOnlySpan<byte> bytes, int place) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[place..]);

    private static uint UInt32(ReadOnlySpan<byte> bytes, int place) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[place..]);

    private static ulong UInt64(ReadOnlySpan<byte> bytes, int place) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[place..]);

    private static InvalidDataException Invalid(string path, string what) => new($"{path}: {what}.");
}
