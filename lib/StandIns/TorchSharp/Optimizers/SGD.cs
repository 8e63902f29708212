using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Stochastic gradient descent, with momentum and Nesterov's look-ahead (Sutskever et al. 2013, in PyTorch's form).</summary>
    public class SGD : OptimizerHelper
    {
        public SGD(IEnumerable<ParamGroup> parameters, double lr, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        {
            if (maximize)
                throw new NotSupportedException("The stand-in's SGD does not maximize.");
            if (nesterov && (momentum <= 0 || dampening != 0))
                throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
            foreach (var group in parameters)
            {
                group.Options = new Options
                {
                    LearningRate = group.Options?.LearningRate ?? lr,
                    InitialLearningRate = group.Options?.LearningRate ?? lr,
                    momentum = group.Options?.momentum ?? momentum,
                    dampening = group.Options?.dampening ?? dampening,
                    weight_decay = group.Options?.weight_decay ?? weight_decay,
                    nesterov = group.Options?.nesterov ?? nesterov,
                    maximize = false,
                };
                AddGroup(group, parameter => new State(parameter));
            }
        }

        public override torch.Tensor step(Func<torch.Tensor>? closure = null)
        {
            using var noGradient = torch.no_grad();
            foreach (var group in _parameter_groups.Cast<ParamGroup>())
            {
                var options = group.Options;
                var (momentum, dampening, decay, rate) =
                    (options.momentum!.Value, options.dampening!.Value, options.weight_decay!.Value, options.LearningRate!.Value);
                foreach (var parameter in group.Parameters)
                {
                    using var scope = torch.NewDisposeScope();
                    if (parameter.grad is not { } gradient)
                        continue;
                    if (decay != 0)
                        gradient = gradient.add(parameter, decay);
                    if (momentum != 0)
                    {
                        var state = (State)StateOf(parameter);
                        if (state.momentum_buffer is null)
                            state.momentum_buffer = gradient.clone().detach().DetachFromDisposeScope();
                        else
                            state.momentum_buffer.mul_(momentum).add_(gradient, 1 - dampening);
                        gradient = options.nesterov!.Value ? gradient.add(state.momentum_buffer, momentum) : state.momentum_buffer;
                    }

                    parameter.add_(gradient, -rate);
                }
            }

            return closure?.Invoke()!;
        }

        public class Options : OptimizerOptions
        {
            public double? momentum;
            public double? dampening;
            public double? weight_decay;
            public bool? nesterov;
            public bool? maximize;
        }

        public sealed class State : OptimizerState, IDisposable
        {
            public torch.Tensor momentum_buffer = null!;

            public State(Parameter parameter)
                : base(parameter)
            {
            }

            public override void LoadStateDict(OptimizerState source)
            {
                momentum_buffer?.Dispose();
                momentum_buffer = ((State)source).momentum_buffer?.clone().DetachFromDisposeScope()!;
            }

            public void Dispose() => momentum_buffer?.Dispose();
        }

        public class ParamGroup : ParamGroup<Options>
        {
            public ParamGroup()
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, Options options)
                : base(parameters, options)
            {
            }

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, momentum = momentum, dampening = dampening, weight_decay = weight_decay, nesterov = nesterov, maximize = maximize })
            {
            }
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public static SGD SGD(IEnumerable<SGD.ParamGroup> parameters, double learningRate, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false) =>
                new(parameters, learningRate, momentum, dampening, weight_decay, nesterov, maximize);
        }
    }
}
