namespace SemPLeS.Experiments.Ablations;

/// <summary>A number of each row of a table.</summary>
/// <param name="Heading">What stands above it, such as seed mIoU.</param>
/// <param name="Split">The images that it was measured on.</param>
/// <param name="Metric">As the store names it.</param>
/// <param name="Decimals">Digits behind the point.</param>
public sealed record AblationColumn(string Heading, string Split, string Metric, int Decimals = 1)
{
    /// <summary>Seconds of a row's own trainings, phase 1 not counted, as they were on the machine that ran them.</summary>
    public const string Seconds = "seconds";
}
