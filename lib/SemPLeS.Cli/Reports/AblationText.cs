using SemPLeS.Cli.Display;
using SemPLeS.Experiments.Ablations;
using SemPLeS.Notebooks;

namespace SemPLeS.Cli.Reports;

/// <summary>An ablation on a terminal.</summary>
internal static class AblationText
{
    /// <summary>Prints table, conditions and verdicts.</summary>
    public static void Print(Terminal terminal, AblationResult result)
    {
        var table = AblationView.Table(result);
        Tables.Write(terminal, table);
        terminal.Output.WriteLine(table.Text);
        foreach (var verdict in result.Verdicts)
            terminal.Output.WriteLine($"- {verdict}");
        terminal.Output.WriteLine();
    }
}
