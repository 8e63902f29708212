using System.Runtime.InteropServices;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

/// <summary>What libtorch refuses is an exception with libtorch's message, and nothing is broken afterwards.</summary>
public sealed class NativeErrorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [TorchErrorFact]
    public void A_product_of_unfitting_matrices_names_both_shapes() =>
        AssertRefused(() => ones(2, 3).matmul(ones(4, 5)), "2x3", "4x5");

    [TorchErrorFact]
    public void A_view_of_another_size_names_shape_and_size() => AssertRefused(() => ones(2, 3).view(4, 2), "[4, 2]", "6");

    [TorchErrorFact]
    public void A_product_of_two_types_is_an_error() => AssertRefused(() => ones(2, 2).mm(ones(2, 2, float64)), "expected");

    [TorchErrorFact]
    public void An_operator_without_an_integer_form_names_the_type() => AssertRefused(() => tensor(new long[] { 1, 2 }).mean(), "Long");

    [TorchErrorFact]
    public void An_index_out_of_range_names_index_and_shape() => AssertRefused(() => _ = ones(2, 3)[5], "5", "[2, 3]");

    [TorchErrorFact]
    public void A_gathered_index_out_of_range_is_an_error() =>
        AssertRefused(() => ones(3).index_select(0, tensor(new long[] { 7 })), "out of range");

    [TorchErrorFact]
    public void Unequal_shapes_can_not_be_joined() => AssertRefused(() => cat([ones(2, 3), ones(2, 4)], 0), "3", "4");

    [TorchErrorFact]
    public void An_operator_that_misses_an_argument_is_an_error() => AssertRefused(() => ones(2).clamp(min: (TorchSharp.Scalar?)null), "min", "max");

    [TorchErrorFact]
    public void A_step_back_from_a_tensor_without_graph_is_an_error() => AssertRefused(() => ones(1).backward(), "grad");

    [TorchErrorFact]
    public void No_threads_at_all_are_an_error() => AssertRefused(() => set_num_threads(0), "positive");

    [Fact]
    public void One_item_of_many_elements_is_an_error() => Assert.Throws<ArgumentException>(() => ones(2).item<float>());

    [Fact]
    public void A_disposed_tensor_is_an_error()
    {
        var gone = ones(2);
        gone.Dispose();

        Assert.True(gone.IsInvalid);
        Assert.Throws<InvalidOperationException>(() => gone.neg());
    }

    [TorchErrorFact]
    public void Errors_leave_no_tensor_behind()
    {
        var (left, right) = (ones(2, 3), ones(4, 5));
        var before = LivingTensors.Count();
        for (var i = 0; i < 10; i++)
            Assert.Throws<ExternalException>(() => left.matmul(right));

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static void AssertRefused(Action action, params string[] words)
    {
        var error = Assert.Throws<ExternalException>(action);
        Assert.All(words, word => Assert.Contains(word, error.Message));
        Values.AssertClose([3, 3, 3, 3], ones(2, 3).matmul(ones(3, 2)));
    }
}
