namespace SemPLeS.Clip;

/// <summary>A vocabulary of whole words; a full stop is a word of its own. Special tokens can't be written in a text.</summary>
public sealed class WordTokenizer : ITextTokenizer
{
    private const int Specials = 2;

    private readonly string[] _names;
    private readonly Dictionary<string, int> _tokens;

    /// <summary>Numbers the vocabulary: &lt;pad&gt;, &lt;start&gt;, the words, &lt;end&gt;.</summary>
    /// <param name="words">Words without white space, each once.</param>
    /// <exception cref="ArgumentException">A word is empty, holds white space, or is there twice.</exception>
    public WordTokenizer(IReadOnlyList<string> words)
    {
        ArgumentNullException.ThrowIfNull(words);
        _names = ["<pad>", "<start>", .. words, "<end>"];
        _tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < words.Count; i++)
        {
            if (words[i].Length == 0 || words[i].Any(char.IsWhiteSpace) || !_tokens.TryAdd(words[i], i + Specials))
                throw new ArgumentException($"'{words[i]}' is not a word, or it is there twice.", nameof(words));
        }
    }

    /// <inheritdoc/>
    public int VocabularySize => _names.Length;

    /// <inheritdoc/>
    public int Start => 1;

    /// <inheritdoc/>
    public int End => _names.Length - 1;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A word is not in the vocabulary; the message names word and text.</exception>
    public IReadOnlyList<int> Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var words = text.Replace(".", " . ", StringComparison.Ordinal).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return
        [
            Start,
            .. words.Select(word => _tokens.TryGetValue(word, out var token)
                ? token
                : throw new ArgumentException($"The vocabulary has no word '{word}', as in '{text}'; it has {string.Join(' ', _tokens.Keys)}.", nameof(text))),
            End,
        ];
    }

    /// <inheritdoc/>
    public string Decode(IEnumerable<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        return string.Join(' ', tokens.Select(token => token >= 0 && token < _names.Length
            ? _names[token]
            : throw new ArgumentOutOfRangeException(nameof(tokens), token, $"The vocabulary has {_names.Length} tokens.")));
    }
}
