using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    /// <summary>Adam with decoupled weight decay (Loshchilov and Hutter 2019).</summary>
    public class AdamW : OptimizerHelper
    {
        private readonly Options defaults;

        public AdamW(IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        {
            if (amsgrad || maximize)
                throw new NotSupportedException("The stand-in's AdamW has neither amsgrad nor maximize.");
            defaults = new Options { LearningRate = lr, InitialLearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = false, maximize = false };
            foreach (var group in parameters)
            {
                group.Options = new Options
                {
                    LearningRate = group.Options?.LearningRate ?? lr,
                    InitialLearningRate = group.Options?.LearningRate ?? lr,
                    beta1 = group.Options?.beta1 ?? beta1,
                    beta2 = group.Options?.beta2 ?? beta2,
                    eps = group.Options?.eps ?? eps,
                    weight_decay = group.Options?.weight_decay ?? weight_decay,
                    amsgrad = false,
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
                var (beta1, beta2, eps, rate, decay) =
                    (options.beta1!.Value, options.beta2!.Value, options.eps!.Value, options.LearningRate!.Value, options.weight_decay!.Value);
                foreach (var parameter in group.Parameters)
                {
                    using var scope = torch.NewDisposeScope();
                    if (parameter.grad is not { } gradient)
                        continue;
                    var state = (State)StateOf(parameter);
                    state.step++;
                    if (decay != 0)
                        parameter.mul_(1 - rate * decay);
                    state.exp_avg.mul_(beta1).add_(gradient, 1 - beta1);
                    state.exp_avg_sq.mul_(beta2).addcmul_(gradient, gradient, 1 - beta2);
                    var denominator = state.exp_avg_sq.sqrt().div_(Math.Sqrt(1 - Math.Pow(beta2, state.step))).add_(eps);
                    parameter.addcdiv_(state.exp_avg, denominator, -rate / (1 - Math.Pow(beta1, state.step)));
                }
            }

            return closure?.Invoke()!;
        }

        public class Options : OptimizerOptions
        {
            public double? beta1;
            public double? beta2;
            public double? weight_decay;
            public double? eps;
            public bool? amsgrad;
            public bool? maximize;
        }

        public sealed class State : OptimizerState, IDisposable
        {
            public long step;
            public torch.Tensor exp_avg;
            public torch.Tensor exp_avg_sq;

            public State(Parameter parameter)
                : base(parameter)
            {
                exp_avg = torch.zeros_like(parameter).DetachFromDisposeScope();
                exp_avg_sq = torch.zeros_like(parameter).DetachFromDisposeScope();
            }

            public override void LoadStateDict(OptimizerState source)
            {
                var other = (State)source;
                step = other.step;
                exp_avg.copy_(other.exp_avg);
                exp_avg_sq.copy_(other.exp_avg_sq);
            }

            public void Dispose()
            {
                exp_avg.Dispose();
                exp_avg_sq.Dispose();
            }
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

            public ParamGroup(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
                : base(parameters, new Options { LearningRate = lr, beta1 = beta1, beta2 = beta2, eps = eps, weight_decay = weight_decay, amsgrad = amsgrad, maximize = maximize })
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
            public static AdamW AdamW(IEnumerable<AdamW.ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1e-8, double weight_decay = 0, bool amsgrad = false, bool maximize = false) =>
                new(parameters, lr, beta1, beta2, eps, weight_decay, amsgrad, maximize);
        }
    }
}
