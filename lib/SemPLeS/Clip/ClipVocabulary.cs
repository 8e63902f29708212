using System.IO.Compression;
using System.Text;

namespace SemPLeS.Clip;

/// <summary>
/// The tokens of a byte-level BPE vocabulary: the 256 bytes, the 256 bytes as a word's last, one token for each merge, start and end. A byte is written
/// as a printable character in files of merges: itself where it is one, else the next unused from U+0100 on.
/// </summary>
internal sealed class ClipVocabulary
{
    /// <summary>Stands behind a word's last byte in files of merges.</summary>
    public const string WordEnd = "</w>";

    private const string Resource = "SemPLeS.Clip.bpe-merges.txt.gz";
    private const int Bytes = 256;

    private readonly Dictionary<(int First, int Second), int> _merges = [];
    private readonly List<byte[]> _values;
    private readonly int[] _tokenOfByte = new int[Bytes];

    /// <summary>Numbers the tokens.</summary>
    /// <param name="merges">"first second" each, the most frequent first.</param>
    /// <param name="source">Where they come from, for the message of an error.</param>
    /// <exception cref="InvalidDataException">A merge is not one of two earlier tokens; the message names it and the source.</exception>
    public ClipVocabulary(IEnumerable<string> merges, string source)
    {
        var characters = Characters();
        var tokens = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var ending in new[] { "", WordEnd })
        {
            foreach (var (_, character) in characters)
                tokens.Add(character + ending, tokens.Count);
        }

        for (var i = 0; i < Bytes; i++)
            _tokenOfByte[characters[i].Byte] = i;
        _values = [.. characters.Select(pair => new[] { pair.Byte }), .. characters.Select(pair => Ended(pair.Byte))];
        foreach (var merge in merges)
        {
            var parts = merge.Split(' ');
            if (parts.Length != 2 || !tokens.TryGetValue(parts[0], out var first) || !tokens.TryGetValue(parts[1], out var second)
                || !tokens.TryAdd(parts[0] + parts[1], _values.Count))
            {
                throw new InvalidDataException($"{source}: merge {_merges.Count + 1}, '{merge}', does not make a new token of two earlier ones.");
            }

            _merges.Add((first, second), _values.Count);
            _values.Add([.. _values[first], .. _values[second]]);
        }

        (Start, End) = (_values.Count, _values.Count + 1);
        _values.AddRange([Encoding.ASCII.GetBytes(ClipTokenizer.StartText), Encoding.ASCII.GetBytes(ClipTokenizer.EndText)]);
    }

    public int Start { get; }

    public int End { get; }

    public int Count => _values.Count;

    /// <summary>A token's bytes, with <see cref="WordEnd"/> where it ends a word.</summary>
    public ReadOnlySpan<byte> this[int token] => _values[token];

    /// <summary>Reads the merges of OpenAI's vocabulary, which come with the library.</summary>
    public static IEnumerable<string> PublishedMerges()
    {
        using var stream = typeof(ClipVocabulary).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"The assembly has no resource {Resource}.");
        using var reader = new StreamReader(new GZipStream(stream, CompressionMode.Decompress), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
            yield return line;
    }

    /// <summary>Splits a word into tokens: of all merges that apply, the most frequent first, everywhere.</summary>
    /// <param name="word">At least one byte.</param>
    public List<int> Split(ReadOnlySpan<byte> word)
    {
        var tokens = new List<int>(word.Length);
        foreach (var value in word)
            tokens.Add(_tokenOfByte[value]);
        tokens[^1] += Bytes;
        while (NextMerge(tokens) is var (first, second, merged))
        {
            var kept = 0;
            for (var i = 0; i < tokens.Count; i++)
            {
                var merges = tokens[i] == first && i + 1 < tokens.Count && tokens[i + 1] == second;
                tokens[kept++] = merges ? merged : tokens[i];
                i += merges ? 1 : 0;
            }

            tokens.RemoveRange(kept, tokens.Count - kept);
        }

        return tokens;
    }

    /// <summary>The most frequent merge, which has the smallest number, or null when none applies.</summary>
    private (int First, int Second, int Merged)? NextMerge(List<int> tokens)
    {
        (int First, int Second, int Merged)? next = null;
        for (var i = 0; i + 1 < tokens.Count; i++)
        {
            if (_merges.TryGetValue((tokens[i], tokens[i + 1]), out var merged) && (next is null || merged < next.Value.Merged))
                next = (tokens[i], tokens[i + 1], merged);
        }

        return next;
    }

    /// <summary>Each byte with its character, in the order of the first tokens.</summary>
    private static (byte Byte, string Character)[] Characters()
    {
        var all = Enumerable.Range(0, Bytes);
        return
        [
            .. all.Where(IsPrintable).Select(value => ((byte)value, ((char)value).ToString())),
            .. all.Where(value => !IsPrintable(value)).Select((value, i) => ((byte)value, ((char)(Bytes + i)).ToString())),
        ];

        static bool IsPrintable(int value) => value is (>= '!' and <= '~') or (>= 0xa1 and <= 0xac) or (>= 0xae and <= 0xff);
    }

    private static byte[] Ended(byte value) => [value, .. Encoding.ASCII.GetBytes(WordEnd)];
}
