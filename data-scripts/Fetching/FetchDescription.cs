using System.Globalization;
using SemPLeS.Cli;

namespace SemPLeS.Fetching;

/// <summary>Says, before anything is fetched, what would be.</summary>
internal static class FetchDescription
{
    private const double Megabyte = 1e6;

    /// <summary>Writes source, size, licence and hash of each file, and where it will lie.</summary>
    public static void Write(Terminal terminal, FetchPlan plan, IReadOnlyList<FetchStep> steps, string folder)
    {
        var output = terminal.Output;
        output.WriteLine($"{plan.Title}, into {folder}");
        foreach (var step in steps)
        {
            var file = step.Published;
            output.WriteLine($"{file.Name}{(file.IsOptional ? " (optional)" : "")}");
            output.WriteLine($"  state    {State(step)}");
            output.WriteLine($"  source   {step.Given ?? file.Address?.ToString() ?? file.ByHand}");
            output.WriteLine($"  size     {(file.Bytes is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes / Megabyte:#,0.0} MB") : "not known")}");
            output.WriteLine($"  licence  {file.Licence}");
            output.WriteLine($"  SHA-256  {(file.Sha256 is { } hash ? $"{hash}{(hash.Length < 64 ? "..." : "")}, {file.Sha256Source}" : "the publisher gives none, and nobody else does: the file is taken as it comes")}");
            output.WriteLine($"  {(file.Unpack is null ? "place  " : "unpacks")}  {step.Target}");
        }

        if (plan.PrepareText.Length > 0)
            output.WriteLine($"then: {plan.PrepareText}");
    }

    private static string State(FetchStep step) =>
        step.IsDone ? "is there" : step.Given is not null ? "given" : step.Published.Address is not null ? "to be fetched" : step.IsPossible ? "is there, not yet checked" : "to be fetched by hand, for --from-file";
}
