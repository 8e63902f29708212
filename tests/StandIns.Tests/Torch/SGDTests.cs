using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

/// <summary>SGD against the rule of PyTorch's documentation, written out in double precision.</summary>
public sealed class SGDTests
{
    private const int Steps = 5;

    [Theory]
    [InlineData(0, false)]
    [InlineData(.9, false)]
    [InlineData(.9, true)]
    public void Several_steps_of_two_groups_and_a_changing_rate_are_those_of_the_rule(double momentum, bool nesterov)
    {
        double[] start = [.5, -2, 3];
        double[] decays = [.1, 0];
        using var first = Parameter(start);
        using var second = Parameter(start);
        using var optimizer = optim.SGD(
            [
                new SGD.ParamGroup([first], 1, momentum, weight_decay: decays[0], nesterov: nesterov),
                new SGD.ParamGroup([second], 1, momentum, weight_decay: decays[1], nesterov: nesterov),
            ],
            1);
        var (weights, speeds) = (decays.Select(_ => start.ToArray()).ToArray(), decays.Select(_ => new double[start.Length]).ToArray());
        for (var step = 1; step <= Steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            (first.pow(2).sum() + second.pow(2).sum() * step).backward();
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = .1 / step;
            optimizer.step();
            for (var group = 0; group < 2; group++)
            {
                for (var i = 0; i < start.Length; i++)
                {
                    var gradient = 2 * weights[group][i] * (group == 0 ? 1 : step) + decays[group] * weights[group][i];
                    speeds[group][i] = momentum * speeds[group][i] + gradient;
                    weights[group][i] -= .1 / step * (nesterov ? gradient + momentum * speeds[group][i] : speeds[group][i]);
                }
            }

            Values.AssertClose(weights[0], first);
            Values.AssertClose(weights[1], second);
        }
    }

    [Fact]
    public void A_state_that_is_moved_to_another_optimizer_goes_on_there()
    {
        using var one = Parameter([1, 2]);
        using var other = Parameter([1, 2]);
        using var interrupted = New(one);
        using var undisturbed = New(other);
        for (var step = 0; step < 3; step++)
        {
            Step(interrupted, one);
            Step(undisturbed, other);
        }

        using var resumed = New(one);
        resumed.load_state_dict(interrupted.state_dict());
        Step(resumed, one);
        Step(undisturbed, other);

        Assert.Equal(Values.Of(other), Values.Of(one));
    }

    [Fact]
    public void Nesterov_without_momentum_is_an_error()
    {
        using var parameter = Parameter([1]);

        Assert.Throws<ArgumentException>(() => optim.SGD([new SGD.ParamGroup([parameter])], 1, nesterov: true));
    }

    [Fact]
    public void A_disposed_optimizer_leaves_no_tensor_but_the_parameters()
    {
        using var parameter = Parameter([1, 2]);
        var before = LivingTensors.Count();
        using (var optimizer = New(parameter))
            Step(optimizer, parameter);
        parameter.grad = null;

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static SGD New(Parameter parameter) => optim.SGD([new SGD.ParamGroup([parameter], .1, .9, nesterov: true)], .1);

    private static Parameter Parameter(double[] values) => new(tensor(values));

    private static void Step(SGD optimizer, Parameter parameter)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        parameter.pow(2).sum().backward();
        optimizer.step();
    }
}
