using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Experiments;
using SemPLeS.Training;

namespace SemPLeS.Cli.Commands;

/// <summary>Trains phase 1 and nothing else.</summary>
internal sealed class TrainCommand : SemplesCommand
{
    private readonly PlanOptions _plan;
    private readonly Option<string> _output = new("--output")
    {
        Description = "The weights file to write (safetensors); the record of the training lies beside it as FILE.json, the checkpoint as NAME.checkpoint.safetensors.",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<bool> _fresh = CommonOptions.Fresh();
    private readonly HardwareOptions _hardware;

    public TrainCommand(Terminal terminal)
        : base("train", "Trains phase 1 of the mask generator, on image-level labels alone. `semples seeds` scores what it writes.", terminal)
    {
        _plan = new PlanOptions(this);
        Add(_output);
        Add(_fresh);
        _hardware = new HardwareOptions(this);
    }

    /// <inheritdoc/>
    public override string AfterStop => CommonOptions.AfterStop;

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var (started, start) = (Terminal.Time.GetUtcNow(), Terminal.Time.GetTimestamp());
        var hardware = _hardware.Use(parsed, trainsMiniature: !_plan.ArePhotographs(parsed));
        var path = Path.GetFullPath(parsed.GetRequiredValue(_output));
        var folder = Path.GetDirectoryName(path)!;
        OutputFolder.RequireWritable(folder);
        var plan = _plan.ArePhotographs(parsed) ? _plan.Photographs(parsed, Terminal, folder) : _plan.Mini(parsed, _plan.World(parsed));
        TrainingRecord? training = null;
        ProgressDisplay.Show(Terminal, display => training = Phase1Experiment.Train(
            plan,
            path,
            new ExperimentOptions { Folder = folder, Device = hardware.Device, Fresh = parsed.GetValue(_fresh), Training = display, Time = Terminal.Time },
            Terminal.Cancellation));
        var record = Phase1Record.Of(plan, Path.GetFileName(path), path, training!, []);
        new RunRecord<Phase1Record>(
            CommonOptions.CommandLine(parsed), MachineRecord.Of(hardware.Threads, hardware.Device), started, Terminal.Time.GetElapsedTime(start).TotalSeconds, [record])
            .Write(path + ".json");
        Tables.Epochs(Terminal, training!);
        Terminal.Output.WriteLine($"Weights: {path}, fingerprint {record.WeightsFingerprint}");
    }
}
