using TorchSharp.Modules;

namespace TorchSharp.Modules
{
    public class OptimizerOptions
    {
        public double? LearningRate { get; set; }

        public double InitialLearningRate { get; set; }
    }

    public abstract class OptimizerState
    {
        protected Parameter _parameter;

        protected OptimizerState(Parameter parameter) => _parameter = parameter;

        internal Parameter Parameter => _parameter;

        public abstract void LoadStateDict(OptimizerState source);
    }

    public class ParamGroup : torch.optim.ILearningRateController
    {
        public IEnumerable<Parameter> Parameters { get; set; } = [];

        public OptimizerOptions Options { get; set; } = null!;

        public double LearningRate
        {
            get => Options.LearningRate!.Value;
            set => Options.LearningRate = value;
        }

        public double InitialLearningRate
        {
            get => Options.InitialLearningRate;
            set => Options.InitialLearningRate = value;
        }
    }

    public class ParamGroup<TOptions> : ParamGroup
        where TOptions : OptimizerOptions
    {
        public ParamGroup()
        {
        }

        public ParamGroup(IEnumerable<Parameter> parameters, TOptions? options = null)
        {
            Parameters = parameters;
            Options = options!;
        }

        public new TOptions Options
        {
            get => (TOptions)base.Options;
            set => base.Options = value;
        }
    }

    public abstract class OptimizerHelper : torch.optim.Optimizer
    {
        private readonly Dictionary<Parameter, OptimizerState> states = [];

        public OptimizerHelper()
            : base(0)
        {
        }

        public override IEnumerable<Parameter> parameters() => _parameter_groups.SelectMany(group => group.Parameters);

        public override void zero_grad()
        {
            foreach (var parameter in parameters())
                parameter.grad = null;
        }

        public virtual StateDictionary state_dict()
        {
            var all = parameters().ToList();
            var places = all.Select((parameter, place) => (parameter, place)).ToDictionary(item => item.parameter, item => item.place);
            return new StateDictionary(
                [.. _parameter_groups.Select(group => group.Parameters.Select(parameter => places[parameter]).ToList())],
                [.. _parameter_groups.Select(group => group.Options)],
                [.. all.Select(parameter => states[parameter])]);
        }

        public virtual void load_state_dict(StateDictionary state_dict)
        {
            var own = this.state_dict();
            if (own.State.Count != state_dict.State.Count)
                throw new ArgumentException($"The state dictionary has {state_dict.State.Count} states for {own.State.Count} parameters.", nameof(state_dict));
            for (var i = 0; i < own.State.Count; i++)
                own.State[i].LoadStateDict(state_dict.State[i]);
            for (var i = 0; i < own.Options.Count; i++)
                own.Options[i].LearningRate = state_dict.Options[i].LearningRate;
        }

        private protected OptimizerState StateOf(Parameter parameter) => states[parameter];

        private protected void AddGroup(ParamGroup group, Func<Parameter, OptimizerState> newState)
        {
            group.Parameters = group.Parameters.ToArray();
            _parameter_groups.Add(group);
            foreach (var parameter in group.Parameters)
                states.Add(parameter, newState(parameter));
        }

        protected override void Dispose(bool disposing)
        {
            foreach (var state in states.Values)
                (state as IDisposable)?.Dispose();
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class optim
        {
            public interface ILearningRateController
            {
                public double LearningRate { get; set; }

                public double InitialLearningRate { get; set; }
            }

            public abstract class Optimizer : IDisposable
            {
                protected IList<ParamGroup> _parameter_groups = [];

                protected Optimizer(nint handle) => _ = handle;

                public virtual IEnumerable<ILearningRateController> ParamGroups => _parameter_groups;

                public virtual IEnumerable<Parameter> parameters() => [];

                public virtual void zero_grad()
                {
                }

                public virtual Tensor step(Func<Tensor>? closure = null) => throw new NotImplementedException();

                public void Dispose()
                {
                    Dispose(true);
                    GC.SuppressFinalize(this);
                }

                protected virtual void Dispose(bool disposing)
                {
                }

                public class StateDictionary
                {
                    internal StateDictionary(List<List<int>> stateIndexRef, List<OptimizerOptions> options, List<OptimizerState> state)
                    {
                        StateIndexRef = stateIndexRef;
                        Options = options;
                        State = state;
                    }

                    public List<List<int>> StateIndexRef { get; }

                    public List<OptimizerOptions> Options { get; }

                    public List<OptimizerState> State { get; }
                }
            }
        }
    }
}
