using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

public sealed class IndexingTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Numbers_count_from_the_end_when_negative()
    {
        var x = Numbers(2, 3);

        AssertIs([], [5], x[1, 2]);
        AssertIs([], [5], x[-1, -1]);
        AssertIs([3], [3, 4, 5], x[-1]);
    }

    [Fact]
    public void Slices_have_start_stop_and_step()
    {
        var x = Numbers(8);

        AssertIs([2], [2, 3], x[TensorIndex.Slice(2, 4)]);
        AssertIs([3], [1, 4, 7], x[TensorIndex.Slice(1, null, 3)]);
        AssertIs([2], [6, 7], x[TensorIndex.Slice(-2)]);
        AssertIs([2], [6, 7], x[TensorIndex.Slice(^2..)]);
        AssertIs([8], [0, 1, 2, 3, 4, 5, 6, 7], x[TensorIndex.Colon]);
    }

    [Fact]
    public void An_ellipsis_stands_for_the_dimensions_between()
    {
        var x = Numbers(2, 2, 3);

        AssertIs([2, 2], [1, 4, 7, 10], x[TensorIndex.Ellipsis, 1]);
        AssertIs([3], [9, 10, 11], x[1, -1, TensorIndex.Ellipsis]);
        AssertIs([2], [2, 5], x[0, TensorIndex.Ellipsis, 2]);
    }

    [Fact]
    public void None_adds_a_dimension()
    {
        var x = Numbers(2, 3);

        AssertIs([1, 2, 3], [0, 1, 2, 3, 4, 5], x[TensorIndex.None]);
        AssertIs([2, 1, 2], [1, 2, 4, 5], x[TensorIndex.Colon, TensorIndex.None, TensorIndex.Slice(1)]);
    }

    [Fact]
    public void Tensors_choose_elements()
    {
        var x = Numbers(3, 2);
        var rows = tensor(new long[] { 2, 0 });

        AssertIs([2, 2], [4, 5, 0, 1], x[TensorIndex.Tensor(rows)]);
        AssertIs([2], [5, 1], x[TensorIndex.Tensor(rows), 1]);
        AssertIs([3], [3, 4, 5], x.masked_select(x > 2));
    }

    [Fact]
    public void A_slice_is_a_view_and_setting_it_changes_the_tensor()
    {
        var x = Numbers(2, 3);
        x[TensorIndex.Colon, 1] = tensor(new float[] { 10, 40 });
        x[0, 0] = full([], 7);
        x[1, TensorIndex.Slice(2)].fill_(50);

        AssertIs([2, 3], [7, 10, 2, 3, 40, 50], x);
    }

    [Fact]
    public void Setting_elements_that_a_tensor_chooses_changes_the_tensor()
    {
        var x = Numbers(3, 2);
        x[TensorIndex.Tensor(tensor(new long[] { 2, 0 })), 1] = tensor(new float[] { 50, 10 });

        AssertIs([3, 2], [0, 10, 2, 3, 4, 50], x);
    }

    private static Tensor Numbers(params long[] shape) => arange(shape.Aggregate((a, b) => a * b), ScalarType.Float32).view(shape);

    private static void AssertIs(long[] shape, double[] values, Tensor actual)
    {
        Assert.Equal(shape, actual.shape);
        Values.AssertClose(values, actual, 0);
    }
}
