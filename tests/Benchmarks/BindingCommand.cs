using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using SemPLeS.Training;

namespace SemPLeS.Benchmarks;

/// <summary>What a call from C# into libtorch costs beside the same call from a loop in C++, and what share of a miniature step that is.</summary>
internal sealed class BindingCommand : Command
{
    // In place on each learned tensor, beside those that make one: mul_ twice or thrice, add_ twice, addcmul_, div_, addcdiv_.
    private const int CallsOfAdamW = 8;

    private readonly Option<int> _calls = new("--calls") { Description = "Calls of each operator in a round.", DefaultValueFactory = _ => 20000 };
    private readonly Option<int> _rounds = new("--rounds") { Description = "Rounds; C++ and C# take turns.", DefaultValueFactory = _ => 7 };
    private readonly Option<int> _steps = new("--steps") { Description = "Steps of each miniature stage.", DefaultValueFactory = _ => 120 };

    public BindingCommand()
        : base("binding", "Times small operators through TorchSharp and from C++, and their share of a miniature step. Needs g++ and libtorch's headers (LIBTORCH, or the system's).")
    {
        foreach (var option in new[] { _calls, _rounds, _steps })
            Add(option);
        SetAction(parsed => Run(parsed.GetRequiredValue(_calls), parsed.GetRequiredValue(_rounds), parsed.GetRequiredValue(_steps)));
    }

    private static void Run(int calls, int rounds, int steps)
    {
        var dearer = Operators(calls, rounds);
        Console.WriteLine();
        Console.WriteLine("mini stage     calls a step   ms a step   ms of the binding   share");
        using var stages = new MiniStages();
        foreach (var (name, learned, run) in stages.All())
        {
            var watch = new StepWatch(warmUp: steps / 4);
            _ = run(steps, watch);
            var callsOfStep = watch.TensorsPerStep + (CallsOfAdamW * learned.Count);
            var ofBinding = callsOfStep * dearer / 1e6;
            Console.WriteLine(FormattableString.Invariant($"{name,-12} {callsOfStep,14:0} {watch.MillisecondsPerStep,11:0.0} {ofBinding,19:0.00} {ofBinding / watch.MillisecondsPerStep,7:0.0%}"));
        }

        ResidentMemory.Tell();
    }

    /// <returns>Nanoseconds that a call costs more from C#, the mean of the operators.</returns>
    private static double Operators(int calls, int rounds)
    {
        using var loops = new OperatorLoops();
        var folder = Directory.CreateTempSubdirectory("operators");
        try
        {
            var program = Build(folder.FullName);
            var (native, managed) = (new List<Dictionary<string, double>>(), new List<Dictionary<string, double>>());
            for (var round = 0; round < rounds; round++)
            {
                native.Add(Native(program, calls));
                managed.Add(loops.Run(calls).ToDictionary(item => item.Name, item => item.Nanoseconds));
            }

            Console.WriteLine("operator (8x8)    ns C++   ns C#   ratio   difference");
            var differences = new List<double>();
            foreach (var name in native[0].Keys)
            {
                var (cpp, csharp) = (Median.Of(native.Select(round => round[name])), Median.Of(managed.Select(round => round[name])));
                differences.Add(csharp - cpp);
                Console.WriteLine(FormattableString.Invariant($"{name,-15} {cpp,8:0} {csharp,7:0} {csharp / cpp,7:0.00} {csharp - cpp,12:0}"));
            }

            return differences.Average();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Build(string folder)
    {
        var program = Path.Combine(folder, "operators");
        var source = Path.Combine(AppContext.BaseDirectory, "native", "operators.cpp");
        var libtorch = Environment.GetEnvironmentVariable("LIBTORCH");
        string[] places = string.IsNullOrEmpty(libtorch) ? [] : [$"-I{libtorch}/include", $"-L{libtorch}/lib", $"-Wl,-rpath,{libtorch}/lib"];
        Execute("g++", ["-O2", "-std=c++17", .. places, source, "-o", program, "-ltorch_cpu", "-lc10"]);
        return program;
    }

    private static Dictionary<string, double> Native(string program, int calls) => Execute(program, [calls.ToString(CultureInfo.InvariantCulture)])
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => line.Split(' '))
        .ToDictionary(words => words[0], words => double.Parse(words[1], CultureInfo.InvariantCulture));

    private static string Execute(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with status {process.ExitCode}.");
    }

    /// <summary>Time and tensors of the steps after the first few.</summary>
    private sealed class StepWatch(int warmUp) : IProgress<TrainingProgress>
    {
        private (long Step, long Time, TensorCounts Tensors) _first;
        private (long Step, long Time, TensorCounts Tensors) _last;

        public double MillisecondsPerStep => Stopwatch.GetElapsedTime(_first.Time, _last.Time).TotalMilliseconds / (_last.Step - _first.Step);

        public double TensorsPerStep => (double)(_last.Tensors.Made - _first.Tensors.Made) / (_last.Step - _first.Step);

        public void Report(TrainingProgress value)
        {
            _last = (value.Step, Stopwatch.GetTimestamp(), TensorCounts.Now());
            if (value.Step == warmUp)
                _first = _last;
        }
    }
}
