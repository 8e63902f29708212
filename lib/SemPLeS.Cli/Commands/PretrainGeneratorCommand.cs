using System.CommandLine;
using SemPLeS.Experiments;

namespace SemPLeS.Cli.Commands;

/// <summary>Pre-trains the mask generator of a miniature world.</summary>
internal sealed class PretrainGeneratorCommand : PretrainCommand
{
    public PretrainGeneratorCommand(Terminal terminal)
        : base(
            "pretrain-generator",
            "Pre-trains a world's mask generator, the stand-in for ImageNet's weights: 10 epochs of 2500 scenes, a minute or two of one processor.",
            "The weights file to write (safetensors, float16); its record lies beside it as FILE.json.",
            terminal)
    {
    }

    /// <inheritdoc/>
    private protected override void Pretrain(ParseResult parsed, Hardware hardware, int world, string path, bool fresh)
    {
        PlannedTraining.Run(Terminal, parsed, hardware, path, fresh, _ => MiniPretraining.Plan(world));
        // These weights are made once for all; the state of a finished training is of no more use.
        File.Delete(Phase1Experiment.CheckpointPath(path));
    }
}
