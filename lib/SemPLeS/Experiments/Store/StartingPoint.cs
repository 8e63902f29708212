namespace SemPLeS.Experiments.Store;

/// <summary>A finished run that another starts from.</summary>
/// <param name="Record">What it measured.</param>
/// <param name="Weights">Its weights files, by role.</param>
public sealed record StartingPoint(StoredRun Record, IReadOnlyDictionary<string, string> Weights);
