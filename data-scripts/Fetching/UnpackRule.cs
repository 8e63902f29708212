namespace SemPLeS.Fetching;

/// <summary>What is taken out of an archive, and how much of it at most.</summary>
/// <param name="Prefix">The folder in the archive whose content is taken; empty: all.</param>
/// <param name="MaximumFiles">More files than this are an error.</param>
/// <param name="MaximumBytes">More unpacked bytes than this are an error.</param>
public sealed record UnpackRule(string Prefix, int MaximumFiles, long MaximumBytes);
