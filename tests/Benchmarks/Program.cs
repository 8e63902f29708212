using System.CommandLine;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SemPLeS.Benchmarks;

// Trainings are no micro-benchmarks: their commands measure by themselves.
Command[] commands = [new FullSizeCommand(), new StepCommand(), new SplitCommand(), new BindingCommand(), new MemoryCommand(), new GrowthCommand(), new ScaleCommand(), new PriceCommand()];
if (args.Length > 0 && commands.FirstOrDefault(command => command.Name == args[0]) is { } chosen)
    return chosen.Parse(args[1..]).Invoke();

// In-process: the projects build in two modes, which a generated project would not know of.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithStrategy(RunStrategy.Monitoring).WithWarmupCount(5).WithIterationCount(20);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddJob(job).WithOptions(ConfigOptions.DisableLogFile).AddColumn(StatisticColumn.OperationsPerSecond));
return 0;
