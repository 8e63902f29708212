namespace SemPLeS.Experiments;

/// <summary>A number that tells whether a miniature CLIP is a usable one.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The number: a cosine, or a share, at most 1.</param>
/// <param name="Low">The least to be expected.</param>
/// <param name="High">The most to be expected.</param>
public sealed record MiniClipCheck(string Name, double Value, double Low, double High)
{
    /// <summary>Whether the number is as expected.</summary>
    public bool IsWithin => Value >= Low && Value <= High;
}
