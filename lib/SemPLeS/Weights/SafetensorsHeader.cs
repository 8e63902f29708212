using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Microsoft.Win32.SafeHandles;

namespace SemPLeS.Weights;

/// <summary>
/// The first part of a safetensors file: 8 bytes of length N, little-endian, then N bytes of JSON that name each tensor's type, shape and place among
/// the bytes that follow. Every statement is checked against the size of the file before it is believed.
/// </summary>
/// <param name="Metadata">The free texts under <c>__metadata__</c>.</param>
/// <param name="Entries">The tensors, in the order of their bytes.</param>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<SafetensorsEntry> Entries)
{
    /// <summary>The key that no tensor may bear.</summary>
    public const string MetadataKey = "__metadata__";

    /// <summary>Bytes of the length in front of the JSON.</summary>
    public const int PrefixLength = 8;

    /// <summary>The reference implementation's limit, so that a damaged length allocates nothing large.</summary>
    private const long LengthLimit = 100_000_000;

    /// <summary>Reads and checks the header of an open file.</summary>
    /// <exception cref="InvalidDataException">The header is damaged, or says what the file can't hold.</exception>
    public static SafetensorsHeader Read(SafeFileHandle file, string path)
    {
        var fileLength = RandomAccess.GetLength(file);
        if (fileLength < PrefixLength)
            throw Invalid(path, $"{fileLength} bytes are too few for a safetensors file");
        Span<byte> prefix = stackalloc byte[PrefixLength];
        FileBytes.Fill(file, prefix, 0, path);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > LengthLimit || (long)length > fileLength - PrefixLength)
            throw Invalid(path, $"the header's length, {length} bytes, does not fit a file of {fileLength} bytes (limit {LengthLimit})");

        var json = new byte[length];
        FileBytes.Fill(file, json, PrefixLength, path);
        var dataStart = PrefixLength + (long)length;
        return Parse(json, dataStart, fileLength - dataStart, path);
    }

    private static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long dataStart, long dataLength, string path)
    {
        if (json.Length == 0 || json.Span[0] != (byte)'{')
            throw Invalid(path, "the header does not begin with '{'");
        try
        {
            // A text that is not UTF-8 would fail later, without saying where.
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(json.Span);
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            var entries = new List<SafetensorsEntry>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (property.NameEquals(MetadataKey))
                    ReadMetadata(property.Value, metadata, path);
                else
                    entries.Add(ReadEntry(property.Name, property.Value, dataStart, dataLength, path));
            }

            return new(metadata, InOrder(entries, dataStart, dataLength, path));
        }
        catch (Exception error) when (error is JsonException or DecoderFallbackException or InvalidOperationException)
        {
            throw new InvalidDataException($"{path}: the header is not valid JSON: {error.Message}", error);
        }
    }

    private static void ReadMetadata(JsonElement element, Dictionary<string, string> metadata, string path)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Invalid(path, $"{MetadataKey} is not an object");
        foreach (var property in element.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String)
                throw Invalid(path, $"{MetadataKey}: '{property.Name}' is not a string");
            metadata.Add(property.Name, property.Value.GetString()!);
        }
    }

    private static SafetensorsEntry ReadEntry(string name, JsonElement element, long dataStart, long dataLength, string path)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String
            || !element.TryGetProperty("shape", out var shapeElement)
            || !element.TryGetProperty("data_offsets", out var offsetsElement))
        {
            throw Invalid(path, $"tensor '{name}' lacks dtype, shape or data_offsets");
        }

        var type = SafetensorsTypes.Find(dtype.GetString()) ?? throw Invalid(path, $"tensor '{name}' has the unknown dtype '{dtype.GetString()}'");
        var shape = Numbers(shapeElement) ?? throw Invalid(path, $"tensor '{name}': the shape {shapeElement.GetRawText()} is not a list of sizes");
        if (Numbers(offsetsElement) is not [var begin, var end] || begin > end || end > dataLength)
            throw Invalid(path, $"tensor '{name}': the offsets {offsetsElement.GetRawText()} do not lie within {dataLength} bytes of data");
        if (TensorPlace.Count(shape) is not { } count || (Int128)count * SafetensorsTypes.SizeOf(type) != end - begin)
        {
            throw Invalid(path, $"tensor '{name}': {end - begin} bytes do not hold {dtype.GetString()} [{string.Join(", ", shape)}]");
        }

        return new(name, type, shape, dataStart + begin, end - begin);
    }

    private static long[]? Numbers(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
            return null;
        var numbers = new List<long>();
        foreach (var item in element.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number) || number < 0)
                return null;
            numbers.Add(number);
        }

        return [.. numbers];
    }

    /// <summary>Sorts by place and checks that the tensors cover the data: no gap, no overlap, nothing left over.</summary>
    private static List<SafetensorsEntry> InOrder(List<SafetensorsEntry> entries, long dataStart, long dataLength, string path)
    {
        entries.Sort((a, b) => (a.Offset, a.Length).CompareTo((b.Offset, b.Length)) is not 0 and var order
            ? order
            : string.CompareOrdinal(a.Name, b.Name));
        var position = dataStart;
        foreach (var entry in entries)
        {
            if (entry.Offset != position)
            {
                var fault = entry.Offset < position ? "overlaps its neighbour" : "leaves a gap";
                throw Invalid(path, $"tensor '{entry.Name}' {fault}: it begins at byte {entry.Offset - dataStart}, not {position - dataStart}");
            }

            position += entry.Length;
        }

        if (position != dataStart + dataLength)
            throw Invalid(path, $"{dataStart + dataLength - position} bytes after the last tensor belong to none");
        return entries;
    }

    private static InvalidDataException Invalid(string path, string what) => new($"{path}: {what}.");
}
