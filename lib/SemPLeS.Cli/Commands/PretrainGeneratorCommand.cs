using System.CommandLine;
using SemPLeS.Cli.Display;
using SemPLeS.Experiments;
using SemPLeS.Training;

namespace SemPLeS.Cli.Commands;

/// <summary>Pre-trains the mask generator of a miniature world.</summary>
internal sealed class PretrainGeneratorCommand : SemplesCommand
{
    private readonly Option<int> _world = new("--world") { Description = "The world's number.", HelpName = "N" };
    private readonly Option<string> _output = new("--output") { Description = "The weights file to write (safetensors, float16).", HelpName = "FILE", Required = true };
    private readonly Option<bool> _fresh = CommonOptions.Fresh();
    private readonly HardwareOptions _hardware;

    public PretrainGeneratorCommand(Terminal terminal)
        : base("pretrain-generator", "Pre-trains a world's mask generator, the stand-in for ImageNet's weights: 10 epochs of 2500 scenes, a minute or two of one processor.", terminal)
    {
        _world.Validators.Add(Checks.AtLeast(0));
        Add(_world);
        Add(_output);
        Add(_fresh);
        _hardware = new HardwareOptions(this);
    }

    /// <inheritdoc/>
    public override string AfterStop => CommonOptions.AfterStop;

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed)
    {
        var hardware = _hardware.Use(parsed, trainsMiniature: true);
        var (world, path) = (parsed.GetValue(_world), parsed.GetRequiredValue(_output));
        TrainingRecord? record = null;
        ProgressDisplay.Show(Terminal, display =>
            record = MiniPretraining.Run(world, path, hardware.Device, parsed.GetValue(_fresh), display, Terminal.Time, Terminal.Cancellation));
        Tables.Epochs(Terminal, record!);
        Terminal.Output.WriteLine($"World {world}, {record!.Steps} steps, {record.Seconds:0.0} s: {path}");
    }
}
