using TorchSharp.Modules;
using Xunit;
using static TorchSharp.torch;

namespace SemPLeS.Tests.StandIns.Torch;

/// <summary>AdamW against Loshchilov and Hutter's algorithm 2, written out in double precision.</summary>
public sealed class AdamWTests
{
    private const double Beta1 = .8;
    private const double Beta2 = .95;
    private const double Epsilon = 1e-4;
    private const int Steps = 6;

    [Fact]
    public void Several_steps_of_two_groups_and_a_changing_rate_are_those_of_the_algorithm()
    {
        double[] start = [.5, -2, 3];
        double[] decays = [.1, 0];
        using var first = Parameter(start);
        using var second = Parameter(start);
        using var optimizer = optim.AdamW(
            [
                new AdamW.ParamGroup([first], 1, Beta1, Beta2, Epsilon, decays[0]),
                new AdamW.ParamGroup([second], 1, Beta1, Beta2, Epsilon, decays[1]),
            ]);
        var expected = decays.Select(decay => new Reference(start, decay)).ToArray();
        for (var step = 1; step <= Steps; step++)
        {
            using var scope = NewDisposeScope();
            optimizer.zero_grad();
            (first.pow(2).sum() + second.pow(2).sum() * step).backward();
            foreach (var group in optimizer.ParamGroups)
                group.LearningRate = .1 / step;
            optimizer.step();
            expected[0].Step(.1 / step, weight => 2 * weight);
            expected[1].Step(.1 / step, weight => 2 * weight * step);
            Values.AssertClose(expected[0].Weights, first);
            Values.AssertClose(expected[1].Weights, second);
        }

        Assert.Equal([Steps, Steps], optimizer.state_dict().State.Cast<AdamW.State>().Select(state => state.step));
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

        static AdamW New(Parameter parameter) => optim.AdamW([new AdamW.ParamGroup([parameter], .1, Beta1, Beta2, Epsilon, .1)]);
    }

    [Fact]
    public void A_parameter_without_gradient_stays()
    {
        using var parameter = Parameter([1, 2]);
        using var optimizer = optim.AdamW([new AdamW.ParamGroup([parameter], 1, weight_decay: .5)]);
        optimizer.step();

        Values.AssertClose([1, 2], parameter, 0);
    }

    [Fact]
    public void A_disposed_optimizer_leaves_no_tensor_but_the_parameters()
    {
        using var parameter = Parameter([1, 2]);
        var before = LivingTensors.Count();
        using (var optimizer = optim.AdamW([new AdamW.ParamGroup([parameter])]))
            Step(optimizer, parameter);
        parameter.grad = null;

        Assert.Equal(before, Tensor.TotalCount);
    }

    private static Parameter Parameter(double[] values) => new(tensor(values));

    private static void Step(AdamW optimizer, Parameter parameter)
    {
        using var scope = NewDisposeScope();
        optimizer.zero_grad();
        parameter.pow(2).sum().backward();
        optimizer.step();
    }

    private sealed class Reference(double[] start, double decay)
    {
        private readonly double[] _first = new double[start.Length];
        private readonly double[] _second = new double[start.Length];
        private int _step;

        public double[] Weights { get; } = [.. start];

        public void Step(double rate, Func<double, double> gradient)
        {
            _step++;
            for (var i = 0; i < Weights.Length; i++)
            {
                var slope = gradient(Weights[i]);
                _first[i] = Beta1 * _first[i] + (1 - Beta1) * slope;
                _second[i] = Beta2 * _second[i] + (1 - Beta2) * slope * slope;
                var (mean, square) = (_first[i] / (1 - Math.Pow(Beta1, _step)), _second[i] / (1 - Math.Pow(Beta2, _step)));
                Weights[i] -= rate * (mean / (Math.Sqrt(square) + Epsilon) + decay * Weights[i]);
            }
        }
    }
}
