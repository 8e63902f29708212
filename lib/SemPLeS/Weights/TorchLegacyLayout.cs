using System.Buffers.Binary;
using System.Numerics;
using Microsoft.Win32.SafeHandles;

namespace SemPLeS.Weights;

/// <summary>
/// The layout of torch.save before PyTorch 1.6: pickles of a magic number, a version, the writer's machine, the object, and the storages' keys; then, for
/// each key, a count of 8 bytes and the elements. Writers of any machine store count and elements little-endian.
/// </summary>
internal static class TorchLegacyLayout
{
    private const long Version = 1001;

    /// <summary>The bytes that such a file begins with: the pickle of 0x1950a86a20f9469cfc6c, but for its last opcode.</summary>
    public static ReadOnlySpan<byte> Magic => [0x80, 2, 0x8A, 10, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19];

    /// <summary>Reads the pickled tensors, and where each storage's elements lie.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static (TorchContents Contents, IReadOnlyDictionary<string, (long Start, long Length)> Storages) Read(SafeFileHandle file, string path)
    {
        var length = RandomAccess.GetLength(file);
        var input = new PickleInput(file, 0, length, path);
        if (Next() is not BigInteger || Next() is not Version)
            throw new InvalidDataException($"{path}: this is not version {Version} of PyTorch's older format, the only one that is read.");
        Next();
        var reader = new TorchPickleReader(input, path);
        var contents = new TorchContents(reader.Read(), reader.Objects, path);
        if (Next() is not List<object?> keys)
            throw new InvalidDataException($"{path} is damaged: the list of its storages is missing.");

        var (storages, place) = (new Dictionary<string, (long, long)>(StringComparer.Ordinal), input.Place);
        Span<byte> countBytes = stackalloc byte[sizeof(long)];
        foreach (var key in keys)
        {
            if (key is not string name || !reader.Storages.TryGetValue(name, out var type) || storages.ContainsKey(name))
                throw new InvalidDataException($"{path} is damaged: it lists a storage '{key as string}' twice, or one that no tensor has.");
            if (place > length - sizeof(long))
                throw new InvalidDataException($"{path} is truncated: the storage '{name}' is missing.");
            FileBytes.Fill(file, countBytes, place, path);
            place += sizeof(long);
            var (count, size) = (BinaryPrimitives.ReadInt64LittleEndian(countBytes), TorchTypes.SizeOf(type));
            if (count < 0 || count > (length - place) / size)
                throw new InvalidDataException($"{path} is truncated or damaged: the storage '{name}' of {count} elements of {size} bytes does not fit the {length - place} bytes that are left.");
            storages.Add(name, (place, count * size));
            place += count * size;
        }

        return (contents, storages);

        object? Next() => new TorchPickleReader(input, path).Read();
    }
}
