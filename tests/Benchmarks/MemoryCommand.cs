using System.CommandLine;
using SemPLeS.Training;
using static TorchSharp.torch;

namespace SemPLeS.Benchmarks;

/// <summary>Whether memory stays as it is over many steps, and whether every tensor is freed by the step that made it.</summary>
internal sealed class MemoryCommand : Command
{
    private readonly Option<int> _steps = new("--steps") { Description = "Steps of each stage.", DefaultValueFactory = _ => 2000 };

    public MemoryCommand()
        : base("memory", "Follows resident memory and tensors over the steps of the miniature stages.")
    {
        Add(_steps);
        SetAction(parsed => Run(parsed.GetRequiredValue(_steps)));
    }

    private static void Run(int steps)
    {
        set_num_threads(1);
        Console.WriteLine("stage          step   resident MB   of it managed   tensors   made since   freed by the finaliser");
        using var stages = new MiniStages();
        foreach (var (_, _, run) in stages.All())
            _ = run(steps, new Watch(steps));
    }

    private sealed class Watch(int steps) : IProgress<TrainingProgress>
    {
        private TensorCounts _first;

        public void Report(TrainingProgress value)
        {
            if (value.Step == steps / 20)
                _first = TensorCounts.Now();
            if (value.Step != steps / 20 && value.Step % (steps / 4) != 0)
                return;
            var counts = TensorCounts.Now();
            Console.WriteLine(FormattableString.Invariant($"{value.Name,-12} {value.Step,6} {Environment.WorkingSet / 1e6,13:0} {GC.GetTotalMemory(false) / 1e6,15:0} {counts.Living,9} {counts.Made - _first.Made,12} {counts.FinalisedSince(_first),23}"));
        }
    }
}
