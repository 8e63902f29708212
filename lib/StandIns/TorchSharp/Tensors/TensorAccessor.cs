using System.Collections;
using System.Runtime.InteropServices;

namespace TorchSharp.Utils;

/// <summary>Typed reading and writing of a tensor's values in row-major order.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T>
    where T : unmanaged
{
    private readonly torch.Tensor tensor;

    internal TensorAccessor(torch.Tensor tensor)
    {
        if (tensor.device_type != DeviceType.CPU)
            throw new InvalidOperationException("Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
        if (!Matches(tensor.dtype))
            throw new ArgumentException($"Tensor data type {tensor.dtype} cannot be read as {typeof(T).Name}.");
        this.tensor = tensor;
    }

    public long Count => tensor.numel();

    public bool IsReadOnly => false;

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        using var scope = torch.NewDisposeScope();
        var values = MemoryMarshal.Cast<byte, T>(tensor.contiguous().bytes)[(int)tensorIndex..];
        values[..Math.Min(values.Length, array.Length - arrayIndex)].CopyTo(array[arrayIndex..]);
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(new ReadOnlySpan<T>(array), arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        if (!tensor.is_contiguous())
            throw new NotImplementedException("Writing to a tensor that is not contiguous.");
        var values = MemoryMarshal.Cast<byte, T>(tensor.bytes)[(int)tensorIndex..];
        array[arrayIndex..][..Math.Min(values.Length, array.Length - arrayIndex)].CopyTo(values);
    }

    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)ToArray()).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public void Dispose()
    {
    }

    private static bool Matches(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Byte => typeof(T) == typeof(byte),
        torch.ScalarType.Int8 => typeof(T) == typeof(sbyte),
        torch.ScalarType.Int16 => typeof(T) == typeof(short),
        torch.ScalarType.Int32 => typeof(T) == typeof(int),
        torch.ScalarType.Int64 => typeof(T) == typeof(long),
        torch.ScalarType.Float16 => typeof(T) == typeof(Half),
        torch.ScalarType.Float32 => typeof(T) == typeof(float),
        torch.ScalarType.Float64 => typeof(T) == typeof(double),
        torch.ScalarType.Bool => typeof(T) == typeof(bool),
        _ => false,
    };
}
