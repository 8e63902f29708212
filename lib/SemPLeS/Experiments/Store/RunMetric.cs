namespace SemPLeS.Experiments.Store;

/// <summary>One number that a run measured.</summary>
/// <param name="Split">The images that it was measured on: train, val.</param>
/// <param name="Metric">As in results.json: seed_miou, false_activation, ...; cos_label and cos_background of prompts.</param>
/// <param name="Value">The number; finite.</param>
public sealed record RunMetric(string Split, string Metric, double Value);
