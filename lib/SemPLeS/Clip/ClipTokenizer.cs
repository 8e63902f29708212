using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace SemPLeS.Clip;

/// <summary>
/// CLIP's byte-level BPE tokenizer (Radford et al., 2021): character references of HTML resolved twice, white space collapsed, lower case; words are
/// runs of letters, single digits, English contractions and runs of other characters. Safe for several threads at once.
/// </summary>
public sealed class ClipTokenizer : ITextTokenizer
{
    internal const string StartText = "<|startoftext|>";
    internal const string EndText = "<|endoftext|>";

    private const int MergesUsed = 48894;

    // Long s, which lower case keeps, counts as an s here: CLIP's pattern ignores case.
    private static readonly string[] Contractions = ["'s", "'ſ", "'t", "'re", "'ve", "'m", "'ll", "'d"];
    private static readonly Lazy<ClipTokenizer> Shared = new(() => new ClipTokenizer(new ClipVocabulary(ClipVocabulary.PublishedMerges(), "the published merges")));

    private readonly ClipVocabulary _vocabulary;

    private ClipTokenizer(ClipVocabulary vocabulary) => _vocabulary = vocabulary;

    /// <summary>The tokenizer of all of OpenAI's models: 49,408 tokens.</summary>
    public static ClipTokenizer Published => Shared.Value;

    /// <inheritdoc/>
    public int VocabularySize => _vocabulary.Count;

    /// <inheritdoc/>
    public int Start => _vocabulary.Start;

    /// <inheritdoc/>
    public int End => _vocabulary.End;

    /// <summary>Reads a vocabulary.</summary>
    /// <param name="path">
    /// Merges, one a line, as in OpenAI's bpe_simple_vocab_16e6.txt, of which the first 48,894 are used; a first line with "#version" is a header. Compressed
    /// if the name ends in .gz.
    /// </param>
    /// <exception cref="InvalidDataException">A line is not a merge of two earlier tokens; the message names file and line.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public static ClipTokenizer Load(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = new StreamReader(path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file, Encoding.UTF8);
        return new ClipTokenizer(new ClipVocabulary(Lines(reader), path));

        static IEnumerable<string> Lines(StreamReader reader)
        {
            var read = 0;
            for (var line = reader.ReadLine(); line is not null && read < MergesUsed; line = reader.ReadLine())
            {
                if (read == 0 && line.Contains("#version", StringComparison.Ordinal))
                    continue;
                read++;
                yield return line;
            }
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Encode(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var clean = LowerCase.Of(Clean(text));
        var tokens = new List<int> { Start };
        for (var place = 0; place < clean.Length;)
        {
            var rest = clean.AsSpan(place);
            var length = WordLength(rest);
            var word = rest[..length];
            if (word is StartText)
                tokens.Add(Start);
            else if (word is EndText)
                tokens.Add(End);
            else if (!word.IsWhiteSpace())
                tokens.AddRange(_vocabulary.Split(Encoding.UTF8.GetBytes(word.ToString())));
            place += length;
        }

        tokens.Add(End);
        return tokens;
    }

    /// <inheritdoc/>
    public string Decode(IEnumerable<int> tokens)
    {
        ArgumentNullException.ThrowIfNull(tokens);
        using var bytes = new MemoryStream();
        foreach (var token in tokens)
        {
            if (token < 0 || token >= VocabularySize)
                throw new ArgumentOutOfRangeException(nameof(tokens), token, $"The vocabulary has {VocabularySize} tokens.");
            bytes.Write(_vocabulary[token]);
        }

        return Encoding.UTF8.GetString(bytes.ToArray()).Replace(ClipVocabulary.WordEnd, " ", StringComparison.Ordinal);
    }

    /// <summary>Character references resolved twice, white space collapsed and cut off at both ends.</summary>
    private static string Clean(string text)
    {
        // Python cuts off the four separators U+001C to U+001F at the ends, but its pattern for white space leaves them elsewhere.
        char[] separators = ['\u001c', '\u001d', '\u001e', '\u001f'];
        var unescaped = HtmlEntities.Unescape(HtmlEntities.Unescape(text)).AsSpan();
        var (first, end) = (0, unescaped.Length);
        while (first < end && IsCutOff(unescaped[first]))
            first++;
        while (first < end && IsCutOff(unescaped[end - 1]))
            end--;
        var collapsed = new StringBuilder(end - first);
        foreach (var character in unescaped[first..end])
        {
            if (!char.IsWhiteSpace(character))
                collapsed.Append(character);
            else if (collapsed[^1] != ' ')
                collapsed.Append(' ');
        }

        return collapsed.ToString();

        bool IsCutOff(char character) => char.IsWhiteSpace(character) || separators.Contains(character);
    }

    /// <summary>Characters, at least 1, of the word or white space that the text begins with.</summary>
    private static int WordLength(ReadOnlySpan<char> text)
    {
        foreach (var special in new[] { StartText, EndText })
        {
            if (text.StartsWith(special, StringComparison.Ordinal))
                return special.Length;
        }

        foreach (var contraction in Contractions)
        {
            if (text.StartsWith(contraction, StringComparison.Ordinal))
                return contraction.Length;
        }

        var (kind, length) = NextCharacter(text);
        if (kind == Kind.Digit)
            return length;
        while (length < text.Length && NextCharacter(text[length..]) is var (next, more) && next == kind)
            length += more;
        return length;
    }

    /// <summary>What the first character is; one outside the basic plane is two UTF-16 units long.</summary>
    private static (Kind Kind, int Length) NextCharacter(ReadOnlySpan<char> text)
    {
        _ = Rune.DecodeFromUtf16(text, out var rune, out var length);
        if (Rune.IsWhiteSpace(rune))
            return (Kind.Space, length);
        var kind = Rune.GetUnicodeCategory(rune) switch
        {
            UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.ModifierLetter
                or UnicodeCategory.OtherLetter => Kind.Letter,
            UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber => Kind.Digit,
            _ => Kind.Other,
        };
        return (kind, length);
    }

    private enum Kind
    {
        Space,
        Letter,
        Digit,
        Other,
    }
}
