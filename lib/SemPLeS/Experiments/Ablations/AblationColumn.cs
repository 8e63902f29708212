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

    /// <summary>Seconds of all trainings that a row's seeds come from, phase 1 counted, as they were on the machine that ran them.</summary>
    public const string TrainingSeconds = "training_seconds";

    /// <summary>Millions of parameters that learn on the way to a row's seeds.</summary>
    public const string Parameters = "trained_parameters";
}
