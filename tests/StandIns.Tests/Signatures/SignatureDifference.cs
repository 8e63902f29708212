namespace SemPLeS.Tests.Signatures;

/// <summary>Something that a stand-in offers and the package does not.</summary>
/// <param name="Line">The stand-in's line.</param>
/// <param name="Reason">What is wrong with it.</param>
/// <param name="Candidates">The package's lines that come nearest, best first.</param>
internal sealed record SignatureDifference(string Line, string Reason, IReadOnlyList<string> Candidates)
{
    public override string ToString() =>
        $"{Line}\n    {Reason}" + string.Concat(Candidates.Select(candidate => "\n    package: " + candidate));
}
