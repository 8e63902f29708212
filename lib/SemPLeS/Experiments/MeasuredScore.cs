using SemPLeS.PseudoMasks;

namespace SemPLeS.Experiments;

/// <summary>A score that an experiment measured.</summary>
/// <param name="Split">Name of the pictures.</param>
/// <param name="Protocol">How their seeds were scored.</param>
/// <param name="Evaluation">The scores.</param>
/// <param name="Seconds">What it took.</param>
public sealed record MeasuredScore(string Split, SeedProtocol Protocol, SeedEvaluation Evaluation, double Seconds)
{
    /// <summary>What records call the seeds' mIoU: val_miou on val, else seed_miou.</summary>
    public string Metric => Split == "val" ? "val_miou" : "seed_miou";
}
