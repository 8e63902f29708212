using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

public sealed class AutogradTests : IDisposable
{
    private readonly DisposeScope _scope = NewDisposeScope();

    public void Dispose() => _scope.Dispose();

    [Fact]
    public void Gradients_are_the_limits_of_finite_differences()
    {
        double[] at = [.3, -1.2, .8, 2.1, -.4, .7];
        using var x = tensor(at, [2, 3]).requires_grad_();
        Function(x).backward();

        var gradient = Values.Of(x.grad!);
        const double h = 1e-5;
        for (var i = 0; i < at.Length; i++)
        {
            var (above, below) = (at.ToArray(), at.ToArray());
            above[i] += h;
            below[i] -= h;
            var slope = (Function(tensor(above, [2, 3])).item<double>() - Function(tensor(below, [2, 3])).item<double>()) / (2 * h);
            Assert.Equal(slope, gradient[i], 1e-7);
        }

        static Tensor Function(Tensor x) => (x.softmax(1) * x.sigmoid().log() + x.matmul(x.t()).sum(1, keepdim: true).tanh() / (2 + x.pow(2))).mean();
    }

    [Fact]
    public void There_is_no_gradient_before_the_step_back_and_the_second_adds_to_the_first()
    {
        var x = ones(2).requires_grad_();
        Assert.True(x.grad is null);
        (x * 3).sum().backward();
        (x * 4).sum().backward();

        Values.AssertClose([7, 7], x.grad!);
    }

    [Fact]
    public void A_parameter_learns_unless_it_is_told_not_to()
    {
        Assert.True(new Parameter(ones(1)).requires_grad);
        Assert.False(new Parameter(ones(1), requires_grad: false).requires_grad);
    }

    [Fact]
    public void A_parameter_takes_its_tensor_over()
    {
        var data = ones(1);
        _ = new Parameter(data);

        Assert.True(data.IsInvalid);
    }

    [Fact]
    public void Gradients_are_off_within_no_grad_and_on_again_within_enable_grad_and_afterwards()
    {
        var x = ones(1).requires_grad_();
        using (no_grad())
        {
            Assert.False((x * 2).requires_grad);
            using (enable_grad())
                Assert.True((x * 2).requires_grad);
            using (no_grad())
                Assert.False(is_grad_enabled());
            Assert.False(is_grad_enabled());
        }

        Assert.True((x * 2).requires_grad);
    }

    [Fact]
    public void Gradients_are_on_again_after_an_exception_within_no_grad()
    {
        Assert.Throws<InvalidOperationException>(Interrupted);

        Assert.True(is_grad_enabled());

        static void Interrupted()
        {
            using var noGradient = no_grad();
            throw new InvalidOperationException();
        }
    }

    [Fact]
    public void A_detached_tensor_shares_the_values_and_stops_the_gradient()
    {
        var x = tensor(new float[] { 2, 3 }).requires_grad_();
        var detached = x.detach();
        (x * detached).sum().backward();
        using (no_grad())
            x[0].fill_(5);

        Values.AssertClose([2, 3], x.grad!);
        Values.AssertClose([5, 3], detached);
    }

    [TorchErrorFact]
    public void A_graph_can_be_walked_once_unless_it_is_retained()
    {
        var x = ones(1).requires_grad_();
        var retained = x.exp().sum();
        retained.backward(retain_graph: true);
        retained.backward();
        var error = Assert.Throws<ExternalException>(() => retained.backward());

        Assert.Contains("retain_graph", error.Message);
        Values.AssertClose([2 * Math.E], x.grad!);
    }

    [Fact]
    public void A_given_gradient_weighs_the_outputs()
    {
        var x = ones(2).requires_grad_();
        (x * 3).backward([tensor(new float[] { 1, 10 })]);

        Values.AssertClose([3, 30], x.grad!);
    }

    [Fact]
    public void A_gradient_can_be_taken_away()
    {
        var x = ones(2).requires_grad_();
        x.sum().backward();
        x.grad = null;

        Assert.True(x.grad is null);
    }
}
