using System.Runtime.InteropServices;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

public sealed class TensorDataTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Values_come_in_row_major_order_also_from_a_tensor_that_is_not_contiguous()
    {
        var x = tensor(new float[] { 1, 2, 3, 4, 5, 6 }, [2, 3]);

        Assert.Equal([1, 4, 2, 5, 3, 6], x.t().data<float>().ToArray());
        Assert.Equal([2, 5], x[TensorIndex.Colon, 1].data<float>().ToArray());
        Assert.Equal([1, 1, 1], x[0, 0].expand(3).data<float>().ToArray());
    }

    [Fact]
    public void An_empty_tensor_has_no_values() => Assert.Empty(zeros(0, 3).data<float>().ToArray());

    [Fact]
    public void Values_of_another_type_are_an_error() => Assert.Throws<ArgumentException>(() => ones(2).data<double>());

    [Fact]
    public void Bytes_are_the_memory_itself()
    {
        var x = tensor(new float[] { 1, 2 });
        MemoryMarshal.Cast<byte, float>(x.bytes)[1] = 5;

        Values.AssertClose([1, 5], x, 0);
    }

    [Fact]
    public void A_tensor_that_is_not_contiguous_has_no_bytes()
    {
        var x = ones(2, 3).t();

        Assert.Throws<NotImplementedException>(() => x.bytes.Length);
    }

    [Fact]
    public void A_tensor_copies_the_array_it_is_made_of()
    {
        float[] array = [1, 2];
        var x = tensor(array);
        array[0] = 9;

        Values.AssertClose([1, 2], x, 0);
    }

    [Fact]
    public void An_array_that_does_not_fill_the_shape_is_an_error() =>
        Assert.ThrowsAny<Exception>(() => tensor(new float[] { 1, 2, 3 }, [2, 2]));

    [Theory]
    [InlineData(ScalarType.Float32, new[] { 0.0, 1.75, -2.5, 3 })]
    [InlineData(ScalarType.Float64, new[] { 0.0, 1.75, -2.5, 3 })]
    [InlineData(ScalarType.Float16, new[] { 0.0, 1.75, -2.5, 3 })]
    [InlineData(ScalarType.Int64, new[] { 0.0, 1, -2, 3 })]
    [InlineData(ScalarType.Int32, new[] { 0.0, 1, -2, 3 })]
    [InlineData(ScalarType.Bool, new[] { 0.0, 1, 1, 1 })]
    public void Types_convert_as_in_libtorch(ScalarType type, double[] expected)
    {
        var converted = tensor(new[] { 0.0, 1.75, -2.5, 3 }).to(type);

        Assert.Equal(type, converted.dtype);
        Values.AssertClose(expected, converted, 0);
    }

    [Fact]
    public void One_item_has_its_own_type()
    {
        Assert.Equal(2.5f, tensor(new[] { 2.5f }).item<float>());
        Assert.Equal(3L, tensor(new long[] { 3 }).item<long>());
        Assert.True((ones(2) > 0).all().item<bool>());
    }

    [Fact]
    public void Shape_strides_and_sizes_are_those_of_the_view()
    {
        var x = zeros(2, 3, 5).transpose(0, 2);

        Assert.Equal([5, 3, 2], x.shape);
        Assert.Equal([1, 5, 15], x.stride());
        Assert.Equal((3, 30, 4), (x.ndim, x.numel(), x.element_size()));
        Assert.Equal((5, 2), (x.size(0), x.size(-1)));
        Assert.False(x.is_contiguous());
    }

    [Fact]
    public void Many_large_lists_of_arguments_pass()
    {
        var parts = Enumerable.Range(0, 1000).Select(i => full([1], (float)i)).ToArray();

        Values.AssertClose([.. Enumerable.Range(0, 1000).Select(i => (double)i)], cat(parts), 0);
    }
}
