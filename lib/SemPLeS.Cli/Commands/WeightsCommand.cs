using System.CommandLine;

namespace SemPLeS.Cli.Commands;

/// <summary>Holds the commands about weights files.</summary>
internal sealed class WeightsCommand : Command
{
    public WeightsCommand(Terminal terminal)
        : base("weights", "Looks into weights files (safetensors, PyTorch checkpoints, TorchScript archives) and converts them; nothing in them is executed.")
    {
        Add(new InspectWeightsCommand(terminal));
        Add(new ConvertWeightsCommand(terminal));
    }
}
