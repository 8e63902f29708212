using System.CommandLine;

namespace SemPLeS.Cli.Commands;

/// <summary>Holds the commands about the miniature world's networks.</summary>
internal sealed class MiniCommand : Command
{
    public MiniCommand(Terminal terminal)
        : base("mini", "Makes the networks that the miniature world starts from.")
    {
        Add(new PretrainClipCommand(terminal));
        Add(new PretrainGeneratorCommand(terminal));
    }
}
