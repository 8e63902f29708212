using System.CommandLine;
using SemPLeS.Experiments;

namespace SemPLeS.Cli.Commands;

/// <summary>Pre-trains the mask generator of a miniature world.</summary>
internal sealed class PretrainGeneratorCommand : SemplesCommand
{
    private readonly Option<int> _world = new("--world") { Description = "The world's number.", HelpName = "N" };
    private readonly Option<string> _output = new("--output") { Description = "The weights file to write (safetensors, float16); its record lies beside it as FILE.json.", HelpName = "FILE", Required = true };
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
        var path = parsed.GetRequiredValue(_output);
        var hardware = _hardware.Use(parsed, trainsMiniature: true);
        PlannedTraining.Run(Terminal, parsed, hardware, path, parsed.GetValue(_fresh), _ => MiniPretraining.Plan(parsed.GetValue(_world)));
        // These weights are made once for all; the state of a finished training is of no more use.
        File.Delete(Phase1Experiment.CheckpointPath(path));
    }
}
