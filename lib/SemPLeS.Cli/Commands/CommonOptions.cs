using System.CommandLine;

namespace SemPLeS.Cli.Commands;

/// <summary>Options that several commands have.</summary>
internal static class CommonOptions
{
    /// <summary>What a command with checkpoints says when it was stopped.</summary>
    public const string AfterStop = "What was trained is saved: the same command, without --fresh, goes on from there.";

    /// <summary>Whether to begin anew.</summary>
    public static Option<bool> Fresh() => new("--fresh") { Description = "Begin anew, even where an earlier run can be gone on with." };
}
