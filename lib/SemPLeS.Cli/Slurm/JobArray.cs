namespace SemPLeS.Cli.Slurm;

/// <summary>Jobs of one kind, which wait for the same arrays before them.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Name">What they do, in a word.</param>
/// <param name="Arguments">What each job adds to the command.</param>
/// <param name="Needs">What is enough for each job.</param>
/// <param name="After">Numbers of the arrays that must have ended.</param>
internal sealed record JobArray(int Number, string Name, IReadOnlyList<string> Arguments, JobNeeds Needs, IReadOnlyList<int> After);
