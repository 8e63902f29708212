using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>Lays out a safetensors file: types of larger alignment first, then by name, as the reference implementation does; so equal contents give equal bytes.</summary>
internal sealed class SafetensorsWriter
{
    private readonly List<(string Name, Tensor Value, ScalarType Type)> _tensors = [];
    private readonly IReadOnlyDictionary<string, string> _metadata;

    /// <summary>Checks names and types; copies nothing yet.</summary>
    /// <exception cref="ArgumentException">A name is empty, reserved or given twice, or a tensor's type has no place in the format.</exception>
    public SafetensorsWriter(IEnumerable<(string Name, Tensor Value)> tensors, IReadOnlyDictionary<string, string> metadata, ScalarType? dtype)
    {
        _metadata = metadata;
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in tensors)
        {
            if (string.IsNullOrEmpty(name) || name == SafetensorsHeader.MetadataKey || !names.Add(name))
                throw new ArgumentException($"A tensor can't be written under the name '{name}': it is empty, reserved or given twice.", nameof(tensors));
            var type = dtype is { } wanted && value.is_floating_point() ? wanted : value.dtype;
            _ = SafetensorsTypes.NameOf(type);
            _tensors.Add((name, value, type));
        }

        _tensors.Sort((a, b) => SafetensorsTypes.SizeOf(b.Type).CompareTo(SafetensorsTypes.SizeOf(a.Type)) is not 0 and var order
            ? order
            : string.CompareOrdinal(a.Name, b.Name));
    }

    /// <summary>Writes the file, one tensor in memory at a time beyond those given.</summary>
    public void Write(Stream stream)
    {
        stream.Write(Header());
        foreach (var (_, value, type) in _tensors)
        {
            using var scope = NewDisposeScope();
            TensorBytes.Visit(value.detach().cpu().to(type).contiguous(), piece => stream.Write(piece));
        }
    }

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
        foreach (var (name, value, type) in _tensors)
        {
            json.WriteStartObject(name);
            json.WriteString("dtype", SafetensorsTypes.NameOf(type));
            json.WriteStartArray("shape");
            foreach (var size in value.shape)
                json.WriteNumberValue(size);
            json.WriteEndArray();
            json.WriteStartArray("data_offsets");
            json.WriteNumberValue(offset);
            json.WriteNumberValue(offset += value.NumberOfElements * SafetensorsTypes.SizeOf(type));
            json.WriteEndArray();
            json.WriteEndObject();
        }
    }
}
