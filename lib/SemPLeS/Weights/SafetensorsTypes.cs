using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>The element types that the format and TorchSharp have in common, under the format's names.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ScalarType Type, int Size)[] All =
    [
        ("BOOL", ScalarType.Bool, 1), ("U8", ScalarType.Byte, 1), ("I8", ScalarType.Int8, 1), ("I16", ScalarType.Int16, 2), ("I32", ScalarType.Int32, 4),
        ("I64", ScalarType.Int64, 8), ("F16", ScalarType.Float16, 2), ("BF16", ScalarType.BFloat16, 2), ("F32", ScalarType.Float32, 4), ("F64", ScalarType.Float64, 8),
    ];

    /// <summary>The type of a name; null where the name is unknown or TorchSharp has no such type.</summary>
    public static ScalarType? Find(string? name)
    {
        foreach (var known in All)
        {
            if (known.Name == name)
                return known.Type;
        }

        return null;
    }

    /// <summary>The format's name of a type.</summary>
    /// <exception cref="ArgumentException">The format has no such type.</exception>
    public static string NameOf(ScalarType type) => Row(type).Name;

    /// <summary>Bytes of one element.</summary>
    /// <exception cref="ArgumentException">The format has no such type.</exception>
    public static int SizeOf(ScalarType type) => Row(type).Size;

    private static (string Name, ScalarType Type, int Size) Row(ScalarType type)
    {
        foreach (var known in All)
        {
            if (known.Type == type)
                return known;
        }

        throw new ArgumentException($"A safetensors file can't hold elements of type {type}.", nameof(type));
    }
}
