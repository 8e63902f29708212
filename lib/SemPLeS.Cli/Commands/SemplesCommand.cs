using System.CommandLine;

namespace SemPLeS.Cli.Commands;

/// <summary>A command that does something.</summary>
internal abstract class SemplesCommand : Command
{
    private protected SemplesCommand(string name, string description, Terminal terminal)
        : base(name, description)
    {
        Terminal = terminal;
        SetAction(Run);
    }

    /// <summary>What to say when it was stopped, about how to go on.</summary>
    public virtual string AfterStop => "Nothing was left half-written.";

    /// <summary>Where it writes.</summary>
    protected Terminal Terminal { get; }

    /// <summary>Does it; what goes wrong is an exception.</summary>
    protected abstract void Run(ParseResult parsed);
}
