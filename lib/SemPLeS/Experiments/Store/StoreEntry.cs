namespace SemPLeS.Experiments.Store;

/// <summary>A record of the store, sound or not.</summary>
/// <param name="Path">The file.</param>
/// <param name="Run">The run; null where the file is damaged.</param>
/// <param name="Defect">What is wrong with it; null where nothing is.</param>
/// <param name="WeightsBytes">Bytes of weights and checkpoints that are kept for it.</param>
/// <param name="IsShipped">Whether it came with the library, so that the store can't change it.</param>
public sealed record StoreEntry(string Path, StoredRun? Run, string? Defect, long WeightsBytes, bool IsShipped);
