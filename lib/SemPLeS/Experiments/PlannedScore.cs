using SemPLeS.Data;

namespace SemPLeS.Experiments;

/// <summary>A score that an experiment is to measure.</summary>
/// <param name="Split">Name of the pictures: "train", "val".</param>
/// <param name="Images">The pictures.</param>
/// <param name="Protocol">How their seeds are scored.</param>
public sealed record PlannedScore(string Split, ILabelledImages Images, SeedProtocol Protocol);
