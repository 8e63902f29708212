namespace SemPLeS.Experiments;

/// <summary>A file or folder that a preset needs and that is not there.</summary>
/// <param name="Path">Where it should be.</param>
/// <param name="Command">What fetches it.</param>
public sealed record MissingData(string Path, string Command);
