using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using SemPLeS.Benchmarks;

// Trainings are no micro-benchmarks: their command measures by itself.
if (args is ["full-size", ..])
    return new FullSizeCommand().Parse(args[1..]).Invoke();
if (args is ["step", ..])
    return new StepCommand().Parse(args[1..]).Invoke();
if (args is ["split", ..])
    return new SplitCommand().Parse(args[1..]).Invoke();

// In-process: the projects build in two modes, which a generated project would not know of.
var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithStrategy(RunStrategy.Monitoring).WithWarmupCount(5).WithIterationCount(20);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args, DefaultConfig.Instance.AddJob(job).WithOptions(ConfigOptions.DisableLogFile).AddColumn(StatisticColumn.OperationsPerSecond));
return 0;
