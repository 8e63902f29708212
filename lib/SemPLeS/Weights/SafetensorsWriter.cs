using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>
/// Lays out a safetensors file: types of larger alignment first, then by name, as the reference implementation does; so equal contents give equal
/// bytes.
/// </summary>
internal sealed class SafetensorsWriter
{
    private readonly List<(WeightsEntry Entry, Func<Tensor> Read)> _tensors = [];
    private readonly IReadOnlyDictionary<string, string> _metadata;

    /// <summary>Checks names and types; reads nothing yet.</summary>
    /// <param name="tensors">What the tensors are, and how to get at each; what comes belongs to the caller's scope.</param>
    /// <param name="metadata">Free texts.</param>
    /// <param name="dtype">The type in which floating-point tensors are stored; null keeps each tensor's own.</param>
    /// <exception cref="ArgumentException">A name is empty, reserved or given twice, or a tensor's type has no place in the format.</exception>
    public SafetensorsWriter(IEnumerable<(WeightsEntry Entry, Func<Tensor> Read)> tensors, IReadOnlyDictionary<string, string> metadata, ScalarType? dtype)
    {
        _metadata = metadata;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (entry, read) in tensors)
        {
            if (string.IsNullOrEmpty(entry.Name) || entry.Name == SafetensorsHeader.MetadataKey || !names.Add(entry.Name))
                throw new ArgumentException($"A tensor can't be named '{entry.Name}': the name is empty, reserved or given twice.", nameof(tensors));
            var type = dtype is { } wanted && IsFloatingPoint(entry.DataType) ? wanted : entry.DataType;
            _ = SafetensorsTypes.NameOf(type);
            _tensors.Add((entry with { DataType = type }, read));
        }

        _tensors.Sort((a, b) => SafetensorsTypes.SizeOf(b.Entry.DataType).CompareTo(SafetensorsTypes.SizeOf(a.Entry.DataType)) is not 0 and var order
            ? order
            : string.CompareOrdinal(a.Entry.Name, b.Entry.Name));
    }

    /// <summary>Writes the file, one tensor in memory at a time beyond those that are there.</summary>
    public void Write(Stream stream)
    {
        stream.Write(Header());
        foreach (var (entry, read) in _tensors)
        {
            using var scope = NewDisposeScope();
            TensorBytes.Visit(read().detach().cpu().to(entry.DataType).contiguous(), piece => stream.Write(piece));
        }
    }

    private static bool IsFloatingPoint(ScalarType type) => type is ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Float32 or ScalarType.Float64;

    private byte[] Header()
    {
        using var buffer = new MemoryStream();
        buffer.Write(new byte[SafetensorsHeader.PrefixLength]);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (_metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach (var (key, value) in _metadata.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            WriteEntries(json);
            json.WriteEndObject();
        }

        // The data begin at a multiple of 8; the format pads with spaces.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        var header = buffer.ToArray();
        BinaryPrimitives.WriteInt64LittleEndian(header, header.Length - SafetensorsHeader.PrefixLength);
        return header;
    }

    private void WriteEntries(Utf8JsonWriter json)
    {
        var offset = 0L;
        foreach (var (entry, _) in _tensors)
        {
            json.WriteStartObject(entry.Name);
            json.WriteString("dtype", SafetensorsTypes.NameOf(entry.DataType));
            json.WriteStartArray("shape");
            foreach (var size in entry.Shape)
                json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(offset += entry.Shape.Aggregate(1L, (product, size) => product * size) * SafetensorsTypes.SizeOf(entry.DataType));
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
