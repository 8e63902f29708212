using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>PyTorch's element types under the names of its storages and its types.</summary>
internal static class TorchTypes
{
    private static readonly (string Storage, string Name, ScalarType Type, int Size)[] All =
    [
        ("FloatStorage", "float32", ScalarType.Float32, 4), ("HalfStorage", "float16", ScalarType.Float16, 2),
        ("BFloat16Storage", "bfloat16", ScalarType.BFloat16, 2), ("DoubleStorage", "float64", ScalarType.Float64, 8),
        ("LongStorage", "int64", ScalarType.Int64, 8), ("IntStorage", "int32", ScalarType.Int32, 4),
        ("ShortStorage", "int16", ScalarType.Int16, 2), ("CharStorage", "int8", ScalarType.Int8, 1),
        ("ByteStorage", "uint8", ScalarType.Byte, 1), ("BoolStorage", "bool", ScalarType.Bool, 1),
        ("ComplexFloatStorage", "complex64", ScalarType.ComplexFloat32, 8), ("ComplexDoubleStorage", "complex128", ScalarType.ComplexFloat64, 16),
    ];

    /// <summary>The type of a storage's elements, or of a type's name; null where there is none that can be read.</summary>
    public static ScalarType? Find(string name)
    {
        foreach (var known in All)
        {
            if (known.Storage == name || known.Name == name)
                return known.Type;
        }

        return null;
    }

    /// <summary>PyTorch's name of a type, such as float32.</summary>
    public static string NameOf(ScalarType type) => Row(type).Name;

    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(ScalarType type) => Row(type).Size;

    /// <summary>Bytes of what has an order of bytes: an element, or half a complex one.</summary>
    public static int WordOf(ScalarType type) => type is ScalarType.ComplexFloat32 or ScalarType.ComplexFloat64 ? SizeOf(type) / 2 : SizeOf(type);

    private static (string Storage, string Name, ScalarType Type, int Size) Row(ScalarType type)
    {
        foreach (var known in All)
        {
            if (known.Type == type)
                return known;
        }

        throw new ArgumentException($"There are no weights of type {type}.", nameof(type));
    }
}
