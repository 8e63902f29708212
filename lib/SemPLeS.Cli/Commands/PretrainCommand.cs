using System.CommandLine;

namespace SemPLeS.Cli.Commands;

/// <summary>Makes a weights file of a miniature world.</summary>
internal abstract class PretrainCommand : SemplesCommand
{
    private readonly Option<int> _world = new("--world") { Description = "The world's number.", HelpName = "N" };
    private readonly Option<string> _output;
    private readonly Option<bool> _fresh = CommonOptions.Fresh();
    private readonly HardwareOptions _hardware;

    private protected PretrainCommand(string name, string description, string outputDescription, Terminal terminal)
        : base(name, description, terminal)
    {
        _output = new("--output") { Description = outputDescription, HelpName = "FILE", Required = true };
        _world.Validators.Add(Checks.AtLeast(0));
        Add(_world);
        Add(_output);
        Add(_fresh);
        _hardware = new HardwareOptions(this);
    }

    /// <inheritdoc/>
    public override string AfterStop => CommonOptions.AfterStop;

    /// <inheritdoc/>
    protected override void Run(ParseResult parsed) => Pretrain(
        parsed, _hardware.Use(parsed, trainsMiniature: true), parsed.GetValue(_world), parsed.GetRequiredValue(_output), parsed.GetValue(_fresh));

    /// <summary>Trains and writes the file.</summary>
    private protected abstract void Pretrain(ParseResult parsed, Hardware hardware, int world, string path, bool fresh);
}
