namespace SemPLeS.Clip;

/// <summary>Turns texts into the tokens of one vocabulary and back.</summary>
public interface ITextTokenizer
{
    /// <summary>Number of tokens that there are, special ones included.</summary>
    public int VocabularySize { get; }

    /// <summary>The token that every text starts with.</summary>
    public int Start { get; }

    /// <summary>The token that every text ends with; the largest of all.</summary>
    public int End { get; }

    /// <summary>Encodes a text of any length.</summary>
    /// <param name="text">The text.</param>
    /// <returns>Tokens, start and end included, not padded.</returns>
    /// <exception cref="ArgumentException">The vocabulary can't express the text; the message names it.</exception>
    public IReadOnlyList<int> Encode(string text);

    /// <summary>Decodes tokens, special ones included.</summary>
    /// <param name="tokens">Tokens of the vocabulary.</param>
    /// <exception cref="ArgumentOutOfRangeException">A token is not in the vocabulary.</exception>
    public string Decode(IEnumerable<int> tokens);
}
