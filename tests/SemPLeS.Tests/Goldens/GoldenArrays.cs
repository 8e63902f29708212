using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace SemPLeS.Tests.Goldens;

/// <summary>The plain arrays of a safetensors file of reference figures, for tests that need no tensors.</summary>
internal sealed class GoldenArrays
{
    private readonly byte[] _file;
    private readonly JsonElement _header;

    public GoldenArrays(string path)
    {
        _file = File.ReadAllBytes(path);
        _header = JsonDocument.Parse(_file.AsMemory(8, HeaderLength)).RootElement;
    }

    private int HeaderLength => checked((int)BinaryPrimitives.ReadInt64LittleEndian(_file));

    public bool Has(string name) => _header.TryGetProperty(name, out _);

    public string Metadata(string key) => _header.GetProperty("__metadata__").GetProperty(key).GetString()!;

    public float[] MetadataList(string key) => JsonSerializer.Deserialize<float[]>(Metadata(key))!;

    public int[] Shape(string name) => [.. _header.GetProperty(name).GetProperty("shape").EnumerateArray().Select(side => side.GetInt32())];

    public byte[] Bytes(string name) => Data(name, "U8").ToArray();

    public float[] Floats(string name) => MemoryMarshal.Cast<byte, float>(Data(name, "F32")).ToArray();

    private ReadOnlySpan<byte> Data(string name, string type)
    {
        var entry = _header.GetProperty(name);
        if (entry.GetProperty("dtype").GetString() != type)
            throw new InvalidDataException($"{name} is of type {entry.GetProperty("dtype")}, not {type}.");
        var offsets = entry.GetProperty("data_offsets");
        return _file.AsSpan((8 + HeaderLength + offsets[0].GetInt32())..(8 + HeaderLength + offsets[1].GetInt32()));
    }
}
