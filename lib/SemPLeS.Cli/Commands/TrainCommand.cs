using System.CommandLine;

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
        var hardware = _hardware.Use(parsed, trainsMiniature: !_plan.ArePhotographs(parsed));
        PlannedTraining.Run(
            Terminal,
            parsed,
            hardware,
            parsed.GetRequiredValue(_output),
            parsed.GetValue(_fresh),
            folder => _plan.ArePhotographs(parsed) ? _plan.Photographs(parsed, Terminal, folder) : _plan.Mini(parsed, _plan.World(parsed)));
    }
}
