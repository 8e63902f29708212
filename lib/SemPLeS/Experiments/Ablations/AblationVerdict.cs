using System.Globalization;

namespace SemPLeS.Experiments.Ablations;

/// <summary>What the numbers say of an order of two rows.</summary>
/// <param name="Higher">Name of the row that is said to be better.</param>
/// <param name="Lower">Name of the other row.</param>
/// <param name="Column">What is compared.</param>
/// <param name="Difference">The first less the second.</param>
/// <param name="Paper">The paper's difference; null where it gives none.</param>
/// <param name="Unit">What the difference is paired by.</param>
public sealed record AblationVerdict(string Higher, string Lower, string Column, PairedDifference Difference, double? Paper, string Unit = AblationResult.World)
{
    /// <summary>Whether the order holds: true, false, or null where it can't be told from noise.</summary>
    public bool? Holds => Difference.IsSure ? Difference.Mean > 0 : null;

    /// <summary>The verdict in a sentence.</summary>
    public override string ToString()
    {
        var difference = Difference;
        var interval = difference.Worlds == 1 ? $"one {Unit}, so no interval"
            : string.Create(CultureInfo.InvariantCulture, $"95 % interval {Signed(difference.Low)} to {Signed(difference.High)}, {difference.Worlds} {Unit}s");
        var paper = Paper is { } given ? $"; the paper's {Signed(given)}" : string.Empty;
        var verdict = Holds switch
        {
            true => "holds",
            false => "does not hold: it is the other way round",
            _ => difference.Mean > 0 ? "points that way, but can't be told from noise" : "does not show, and the difference can't be told from noise",
        };
        return $"{Column}, \"{Higher}\" over \"{Lower}\": {verdict} ({Signed(difference.Mean)}; {interval}{paper}).";
    }

    private static string Signed(double value) => value.ToString("+0.0;-0.0;0.0", CultureInfo.InvariantCulture);
}
