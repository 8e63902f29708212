using System.Text;

namespace SemPLeS.Tests.Weights;

/// <summary>Builds zip archives of entries as they are, and lies in their directories where a test wants it.</summary>
internal sealed class ZipBytes
{
    private readonly List<byte> _entries = [];
    private readonly List<byte> _directory = [];
    private int _count;

    /// <summary>Adds an entry.</summary>
    public ZipBytes Add(string name, byte[] content, int method = 0, int flags = 0, long? length = null, long? storedLength = null, long? offset = null)
    {
        var text = Encoding.UTF8.GetBytes(name);
        byte[] common =
        [
            .. Two(flags), .. Two(method), 0, 0, 0, 0, 0, 0, 0, 0,
            .. PickleBytes.Four(storedLength ?? content.Length), .. PickleBytes.Four(length ?? content.Length), .. Two(text.Length), 0, 0,
        ];
        _directory.AddRange([.. "PK\x01\x02"u8, 20, 0, 20, 0, .. common, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, .. PickleBytes.Four(offset ?? _entries.Count), .. text]);
        _entries.AddRange([.. "PK\x03\x04"u8, 20, 0, .. common, .. text, .. content]);
        _count++;
        return this;
    }

    /// <summary>The archive.</summary>
    public byte[] End(int? count = null) =>
    [
        .. _entries, .. _directory, .. "PK\x05\x06"u8, 0, 0, 0, 0, .. Two(count ?? _count), .. Two(count ?? _count),
        .. PickleBytes.Four(_directory.Count), .. PickleBytes.Four(_entries.Count), 0, 0,
    ];

    /// <summary>A checkpoint of one storage, "0", of zeros.</summary>
    public static byte[] Checkpoint(byte[] pickle, int storageBytes = 64) => new ZipBytes().Add("archive/data.pkl", pickle).Add("archive/data/0", new byte[storageBytes]).End();

    private static byte[] Two(int value) => [(byte)value, (byte)(value >> 8)];
}
