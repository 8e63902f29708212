namespace SemPLeS.Clip;

/// <summary>The tokens around a learned prompt: [start] before [prompt] after [end].</summary>
public sealed record PromptTemplate
{
    /// <summary>"a photo of": what the authors' release puts before the prompt.</summary>
    public const string DefaultBefore = "a photo of";

    /// <summary>".": what the authors' release puts behind the prompt.</summary>
    public const string DefaultAfter = ".";

    /// <summary>Sets the tokens.</summary>
    /// <param name="start">The token that every text starts with.</param>
    /// <param name="before">Tokens before the prompt; may be none.</param>
    /// <param name="after">Tokens behind the prompt; may be none.</param>
    /// <param name="end">The token that every text ends with.</param>
    /// <exception cref="ArgumentException">A token is negative.</exception>
    public PromptTemplate(int start, IReadOnlyList<int> before, IReadOnlyList<int> after, int end)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        (Opening, Closing) = ([start, .. before], [.. after, end]);
        if (Opening.Concat(Closing).Any(token => token < 0))
            throw new ArgumentException($"A token is negative: {this}.", nameof(before));
    }

    /// <summary>Start and the tokens before the prompt.</summary>
    public IReadOnlyList<int> Opening { get; }

    /// <summary>The tokens behind the prompt and the end.</summary>
    public IReadOnlyList<int> Closing { get; }

    /// <summary>A template of texts; by default "a photo of [prompt].".</summary>
    /// <param name="tokenizer">The tokenizer of the CLIP's vocabulary.</param>
    /// <param name="before">The text before the prompt; may be empty.</param>
    /// <param name="after">The text behind the prompt; may be empty.</param>
    /// <exception cref="ArgumentException">The vocabulary can't express a text.</exception>
    public static PromptTemplate Of(ITextTokenizer tokenizer, string before = DefaultBefore, string after = DefaultAfter)
    {
        ArgumentNullException.ThrowIfNull(tokenizer);
        return new PromptTemplate(tokenizer.Start, Inner(before), Inner(after), tokenizer.End);

        int[] Inner(string text) => [.. tokenizer.Encode(text).Skip(1).SkipLast(1)];
    }

    /// <summary>The prompt alone between start and end.</summary>
    public static PromptTemplate Bare(ITextTokenizer tokenizer) => Of(tokenizer, "", "");

    /// <summary>Tokens of a text whose prompt has the given length.</summary>
    public int TokensWith(int promptLength) => Opening.Count + promptLength + Closing.Count;

    /// <inheritdoc/>
    public bool Equals(PromptTemplate? other) => other is not null && Opening.SequenceEqual(other.Opening) && Closing.SequenceEqual(other.Closing);

    /// <inheritdoc/>
    public override int GetHashCode() => Opening.Concat(Closing).Aggregate(Opening.Count, HashCode.Combine);

    /// <summary>"49406 320 1125 539 [prompt] 269 49407".</summary>
    public override string ToString() => $"{string.Join(' ', Opening)} [prompt] {string.Join(' ', Closing)}";
}
