using System.CommandLine;
using SemPLeS.Data;

namespace SemPLeS.Cli.Commands;

/// <summary>Options that several commands have, and what is said about them.</summary>
internal static class CommonOptions
{
    /// <summary>What a command with checkpoints says when it was stopped.</summary>
    public const string AfterStop = "What was trained is saved: the same command, without --fresh, goes on from there.";

    /// <summary>Whether to begin anew.</summary>
    public static Option<bool> Fresh() => new("--fresh") { Description = "Begin anew, even where an earlier run can be gone on with." };

    /// <summary>A folder of photographs.</summary>
    public static Option<string?> Voc() => new("--voc")
    {
        Description = "Photographs in PASCAL VOC's layout: the folder that holds JPEGImages, SegmentationClassAug or SegmentationClass, and id lists.",
        HelpName = "PATH",
    };

    /// <summary>The command line as it was given.</summary>
    public static string CommandLine(ParseResult parsed) =>
        string.Join(' ', parsed.Tokens.Select(token => token.Value.Contains(' ', StringComparison.Ordinal) ? $"\"{token.Value}\"" : token.Value).Prepend("semples"));

    /// <summary>Says how many photographs were left out.</summary>
    public static void TellSkipped(Terminal terminal, VocDataset photographs, string split)
    {
        if (photographs.Skipped > 0)
            terminal.Error.WriteLine($"{photographs.Skipped} of the {photographs.Skipped + photographs.Count} photographs of {split} have no label and are left out.");
    }
}
