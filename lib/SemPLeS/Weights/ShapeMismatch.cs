namespace SemPLeS.Weights;

/// <summary>A tensor that is there under the right name, in another shape.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Expected">The shape that the module has.</param>
/// <param name="Found">The shape that the file has.</param>
public sealed record ShapeMismatch(string Name, IReadOnlyList<long> Expected, IReadOnlyList<long> Found)
{
    /// <summary>"name: expected [2, 3], found [2, 4]".</summary>
    public override string ToString() => $"{Name}: expected [{string.Join(", ", Expected)}], found [{string.Join(", ", Found)}]";
}
