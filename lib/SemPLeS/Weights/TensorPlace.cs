using Microsoft.Win32.SafeHandles;
using TorchSharp;
using static TorchSharp.torch;

namespace SemPLeS.Weights;

/// <summary>Where the elements of a tensor lie in a file.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Shape">The tensor's dimensions.</param>
/// <param name="Strides">For each dimension, how many elements apart neighbours lie; null where they are row-major without gaps.</param>
/// <param name="Offset">The first byte of the first element, counted from the start of the file.</param>
/// <param name="BigEndian">Whether the bytes of an element are in the order of a big-endian machine.</param>
internal sealed record TensorPlace(ScalarType Type, IReadOnlyList<long> Shape, IReadOnlyList<long>? Strides, long Offset, bool BigEndian = false)
{
    /// <summary>How many bytes of the file it reaches over.</summary>
    public long BytesRead => (IsGapless ? Count(Shape) ?? 0 : Extent(Shape, Strides!)) * TorchTypes.SizeOf(Type);

    /// <summary>
    /// Reads the tensor; it belongs to the caller's scope. The bytes are read at their place, into the tensor's memory, and not mapped: a mapped file that
    /// shrinks would end the process.
    /// </summary>
    /// <exception cref="InvalidDataException">The file ends before the tensor does.</exception>
    public Tensor Read(SafeFileHandle file, string path)
    {
        using var scope = NewDisposeScope();
        var tensor = empty(IsGapless ? [.. Shape] : [Extent(Shape, Strides!)], dtype: Type);
        Fill(tensor, file, path);
        if (!IsGapless)
            tensor = tensor.as_strided([.. Shape], [.. Strides!]).contiguous();
        return tensor.MoveToOuterDisposeScope();
    }

    /// <summary>Reads the tensor into another of its shape; without a copy between where type and layout are the same.</summary>
    /// <exception cref="InvalidDataException">The file ends before the tensor does.</exception>
    public void ReadInto(Tensor target, SafeFileHandle file, string path)
    {
        using var scope = NewDisposeScope();
        if (IsGapless && target.dtype == Type && target.device_type == DeviceType.CPU && target.is_contiguous())
            Fill(target, file, path);
        else
            target.copy_(Read(file, path));
    }

    /// <summary>How many elements a tensor has; null where they are more than memory could ever hold, also when all other dimensions were left out.</summary>
    public static long? Count(IReadOnlyList<long> shape)
    {
        Int128 all = 1, withoutZeros = 1;
        foreach (var size in shape)
        {
            all *= size;
            withoutZeros *= Math.Max(size, 1);
            // Also where a 0 makes the product 0: libtorch multiplies the other sizes for its strides.
            if (withoutZeros > long.MaxValue / 16)
                return null;
        }

        return (long)all;
    }

    /// <summary>From the first to the last element, both included; of a tensor that has elements.</summary>
    public static long Extent(IReadOnlyList<long> shape, IReadOnlyList<long> strides) =>
        1 + shape.Zip(strides, (size, stride) => (size - 1) * stride).Sum();

    private bool IsGapless => Strides is null || Shape.Contains(0);

    private void Fill(Tensor tensor, SafeFileHandle file, string path)
    {
        var offset = Offset;
        TensorBytes.Visit(tensor, piece =>
        {
            FileBytes.Fill(file, piece, offset, path);
            offset += piece.Length;
            if (BigEndian)
                TensorBytes.ReverseEach(piece, TorchTypes.WordOf(Type));
        });
    }
}
