namespace SemPLeS.Training;

/// <summary>
/// Stage a once, then b and c by turns, each with full epochs and a new optimiser: b goes on with the previous prompts under the current generator, c with
/// the previous c. One round is the sequential scheme.
/// </summary>
/// <param name="Rounds">How often b and c are run, at least 1.</param>
/// <param name="ContinueFromMatching">Whether the first c goes on from stage a, which the paper calls a warm-up; else it restarts from phase 1.</param>
public sealed record AlternatingScheme(int Rounds, bool ContinueFromMatching = false) : Scheme
{
    /// <summary>How often b and c are run.</summary>
    public int Rounds { get; } = Rounds >= 1 ? Rounds : throw new ArgumentOutOfRangeException(nameof(Rounds), Rounds, "There is at least 1 round.");
}
