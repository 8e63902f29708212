using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

public sealed class OperatorTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();
    private readonly Tensor _x = tensor(new float[] { 1, 2, -4 });

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void A_scalar_may_stand_on_either_side()
    {
        Values.AssertClose([3, 4, -2], _x + 2);
        Values.AssertClose([3, 4, -2], 2f + _x);
        Values.AssertClose([-1, 0, -6], _x - 2.0);
        Values.AssertClose([1, 0, 6], 2L - _x);
        Values.AssertClose([2, 4, -8], 2 * _x);
        Values.AssertClose([.5, 1, -2], _x / 2);
        Values.AssertClose([2, 1, -.5], 2 / _x);
        Values.AssertClose([-1, -2, 4], -_x);
    }

    [Fact]
    public void Two_tensors_broadcast()
    {
        var column = tensor(new float[] { 10, 20 }, [2, 1]);

        Values.AssertClose([11, 12, 6, 21, 22, 16], column + _x);
        Values.AssertClose([9, 8, 14, 19, 18, 24], column - _x);
        Values.AssertClose([10, 5, -2.5, 20, 10, -5], column / _x);
    }

    [Fact]
    public void A_comparison_gives_truth_values()
    {
        Assert.Equal([false, true, false], (_x > 1).data<bool>().ToArray());
        Assert.Equal([false, true, false], (1 < _x).data<bool>().ToArray());
        Assert.Equal([true, true, false], (_x >= 1).data<bool>().ToArray());
        Assert.Equal([true, false, true], (_x <= 1).data<bool>().ToArray());
        Assert.Equal([true, false, false], (_x == 1).data<bool>().ToArray());
        Assert.Equal([false, true, true], (_x != ones(3)).data<bool>().ToArray());
        Assert.Equal([false, false, true], (~(_x > 0)).data<bool>().ToArray());
        Assert.Equal([false, true, false], ((_x > 1) & (_x < 3)).data<bool>().ToArray());
        Assert.Equal([false, true, true], ((_x > 1) | (_x < 0)).data<bool>().ToArray());
    }

    [Fact]
    public void An_operator_in_place_changes_and_returns_its_tensor()
    {
        var same = _x.add_(1).mul_(2);

        Assert.Same(_x, same);
        Values.AssertClose([4, 6, -6], _x);
    }

    [Fact]
    public void An_integer_and_a_floating_scalar_make_a_floating_tensor()
    {
        Values.AssertClose([1.5, 2.5], tensor(new long[] { 1, 2 }) + .5);
        Values.AssertClose([.5, 1], tensor(new long[] { 1, 2 }) / 2);
    }

    [Fact]
    public void Reductions_work_along_the_dimensions_that_are_named()
    {
        var x = arange(6, ScalarType.Float32).view(2, 3);

        Values.AssertClose([3, 5, 7], x.sum([0]));
        Values.AssertClose([1, 4], x.mean([1]));
        Values.AssertClose([3, 4, 5], x.amax(0));
        Values.AssertClose([0], x.amin([0, 1]));
        Assert.Equal([1, 1], x.amin([0, 1], keepdim: true).shape);
        var (values, indexes) = x.max(1);
        Values.AssertClose([2, 5], values);
        Assert.Equal([2, 2], indexes.data<long>().ToArray());
        Values.AssertClose([2, 2], x.argmax(1));
    }

    [Fact]
    public void Rounding_division_goes_to_zero_or_down()
    {
        Values.AssertClose([0, 1, -2], _x.div(2, RoundingMode.floor));
        Values.AssertClose([0, 0, -1], _x.div(3, RoundingMode.trunc));
    }

    [Fact]
    public void A_clamp_may_have_one_end()
    {
        Values.AssertClose([1, 2, 0], _x.clamp(0));
        Values.AssertClose([1, 1, -4], _x.clamp(max: 1));
        Values.AssertClose([1, 1, 0], _x.clamp(0, 1));
    }

    [Fact]
    public void Gelu_is_the_exact_one() => Values.AssertClose([.8413447460685429, 1.9544997361036416], nn.functional.gelu(tensor(new double[] { 1, 2 })), 1e-12);

    [Fact]
    public void Parts_and_wholes_fit_together()
    {
        var x = arange(12, ScalarType.Float32).view(2, 6);

        Assert.Equal([2, 2, 2], x.chunk(3, 1).Select(part => part.shape[1]));
        Values.AssertClose([3, 4, 5, 9, 10, 11], x.split([3, 3], 1)[1]);
        Values.AssertClose(Values.Of(x), cat(x.split(4, 1), 1));
        Values.AssertClose(Values.Of(x), stack(x.unbind(1), 1));
        Values.AssertClose([5, 4, 3, 2, 1, 0, 11, 10, 9, 8, 7, 6], x.flip(1));
        Values.AssertClose([5, 0, 1, 2, 3, 4, 11, 6, 7, 8, 9, 10], x.roll(1, 1));
    }

    [Fact]
    public void An_einstein_sum_contracts_the_common_letters()
    {
        var x = arange(6, ScalarType.Float32).view(2, 3);

        Values.AssertClose(Values.Of(x.matmul(x.t())), einsum("ij,kj->ik", x, x));
    }

    [Fact]
    public void The_cross_entropy_of_logits_is_the_one_of_their_sigmoids()
    {
        var targets = tensor(new float[] { 1, 0, 1 });
        double[] losses = [Softplus(-1), Softplus(2), Softplus(4)];

        Values.AssertClose([losses.Average()], nn.functional.binary_cross_entropy_with_logits(_x, targets));
        Values.AssertClose(losses, nn.functional.binary_cross_entropy_with_logits(_x, targets, reduction: nn.Reduction.None));

        static double Softplus(double x) => Math.Log(1 + Math.Exp(x));
    }
}
