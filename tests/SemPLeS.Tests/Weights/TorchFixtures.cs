using SemPLeS.Weights;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.Weights;

/// <summary>The files that Fixtures/make.py wrote with PyTorch, and what they hold.</summary>
internal static class TorchFixtures
{
    public static string Folder { get; } = System.IO.Path.Combine(TestFolders.Repository, "tests", "SemPLeS.Tests", "Weights", "Fixtures");

    /// <summary>The element types under PyTorch's names, in the order of the files' storages.</summary>
    public static IReadOnlyList<(string Name, ScalarType Type)> Types { get; } =
    [
        ("float32", ScalarType.Float32), ("float16", ScalarType.Float16), ("bfloat16", ScalarType.BFloat16), ("float64", ScalarType.Float64),
        ("int64", ScalarType.Int64), ("int32", ScalarType.Int32), ("int16", ScalarType.Int16), ("int8", ScalarType.Int8), ("uint8", ScalarType.Byte),
        ("bool", ScalarType.Bool), ("complex64", ScalarType.ComplexFloat32), ("complex128", ScalarType.ComplexFloat64),
    ];

    public static string Path(string name) => System.IO.Path.Combine(Folder, name);

    /// <summary>0, .5, 1, 1.5 ..., as far as the type goes.</summary>
    public static Tensor Ramp(ScalarType type, params long[] shape)
    {
        using var scope = NewDisposeScope();
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return (arange(count, ScalarType.Float64) / 2).to(type).reshape(shape).MoveToOuterDisposeScope();
    }

    /// <summary>float32.</summary>
    public static Tensor Ramp(params long[] shape) => Ramp(ScalarType.Float32, shape);

    /// <summary>Type, shape and bytes agree, and the entry says so too.</summary>
    public static void AssertHolds(WeightsFile file, string name, Tensor expected)
    {
        var read = file.Read(name);
        Assert.Equal((name, expected.dtype), (file.Entry(name).Name, file.Entry(name).DataType));
        Assert.Equal(expected.shape, file.Entry(name).Shape);
        Assert.Equal(expected.dtype, read.dtype);
        Assert.Equal(expected.shape, read.shape);
        Assert.Equal(expected.contiguous().bytes, read.bytes);
    }
}
